using Microsoft.Win32.SafeHandles;

namespace HyperOpt.Storage.Journal;

/// <summary>
/// Reads a journal as it grows, and goes on in the compacted file once one has taken its place: the old one is read to its end first, to which
/// nothing is appended any more. Hands on whole appends only; a torn end is left alone until its rest comes or a writer cuts it off.
/// </summary>
internal sealed class JournalFollower(string path, FileAccess access, IJournalSink sink) : IDisposable
{
    /// <summary>How often a damaged line is read anew: while it is read without the lock, a torn end may be cut off and written over.</summary>
    private const int Rereads = 3;

    private SafeFileHandle? _handle;
    private byte[] _header = [];
    private long _offset;
    private long _lines;
    private long _seen;

    /// <summary>Where the last whole append ends.</summary>
    public long Offset => _offset;

    /// <summary>Reads all news; false if there is no file of that name, or an empty one.</summary>
    /// <exception cref="InvalidDataException">It is no journal, or damaged.</exception>
    public bool Advance()
    {
        var fresh = JournalFile.TryOpen(path, access);
        try
        {
            var header = fresh is null ? [] : JournalFile.ReadHeader(fresh, path);
            if (_handle is not null)
            {
                ReadToEnd(_handle);
            }

            if (header.Length == 0)
            {
                return false;
            }

            if (_handle is null || !header.AsSpan().SequenceEqual(_header))
            {
                sink.Begin(JournalHeader.Parse(header, path));
                _handle?.Dispose();
                (_handle, fresh) = (fresh, null);
                (_offset, _lines, _seen) = (header.Length + 1, 1, header.Length + 1);
                Volatile.Write(ref _header, header);
                ReadToEnd(_handle!);
            }

            return true;
        }
        finally
        {
            fresh?.Dispose();
        }
    }

    /// <summary>Whether the file has changed since it was read. May be called while it is being read.</summary>
    public bool HasNews()
    {
        using var fresh = JournalFile.TryOpen(path, FileAccess.Read);
        return fresh is null
            || RandomAccess.GetLength(fresh) != Volatile.Read(ref _seen)
            || !JournalFile.ReadHeader(fresh, path).AsSpan().SequenceEqual(Volatile.Read(ref _header));
    }

    /// <summary>Cuts off a torn end. Under the lock, after <see cref="Advance"/>.</summary>
    /// <returns>How many bytes it had.</returns>
    public long CutBack()
    {
        var torn = RandomAccess.GetLength(_handle!) - _offset;
        if (torn > 0)
        {
            RandomAccess.SetLength(_handle!, _offset);
            Volatile.Write(ref _seen, _offset);
        }

        return torn;
    }

    /// <summary>Appends lines, all or none. Under the lock, after <see cref="CutBack"/>.</summary>
    /// <exception cref="IOException">None was appended.</exception>
    public void Append(ReadOnlySpan<byte> lines, int count)
    {
        try
        {
            RandomAccess.Write(_handle!, lines, _offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryCutBack();
            throw JournalError.CannotWrite(path, exception);
        }

        _offset += lines.Length;
        _lines += count;
        Volatile.Write(ref _seen, _offset);
    }

    /// <summary>Forces to the disk what was appended. Needs no lock.</summary>
    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw JournalError.NotFlushed(path, exception);
        }
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _handle = null;
    }

    private void TryCutBack()
    {
        try
        {
            CutBack();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever writes next cuts it back.
        }
    }

    private void ReadToEnd(SafeFileHandle handle)
    {
        for (var turn = 1; ; turn++)
        {
            var length = RandomAccess.GetLength(handle);
            if (length < _offset)
            {
                throw JournalError.Shortened(path, _offset, length);
            }

            Volatile.Write(ref _seen, length);
            if (length == _offset)
            {
                return;
            }

            var pass = new JournalPass(handle, sink, _offset, _lines);
            try
            {
                pass.Run();
            }
            catch (InvalidDataException exception)
            {
                throw JournalError.Unreadable(path, pass.Lines + 1, pass.Offset, exception);
            }
            finally
            {
                (_offset, _lines) = (pass.Offset, pass.Lines);
                Volatile.Write(ref _seen, Math.Max(length, _offset));
            }

            if (pass.Damage is not { } damage)
            {
                return;
            }

            if (turn == Rereads)
            {
                throw JournalError.Damaged(path, damage.Line, damage.Offset, damage.Start);
            }

            Thread.Yield();
        }
    }
}
