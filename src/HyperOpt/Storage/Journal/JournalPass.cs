using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace HyperOpt.Storage.Journal;

/// <summary>One reading of a journal from an offset to its end, append by append.</summary>
internal sealed class JournalPass(SafeFileHandle handle, IJournalSink sink, long offset, long lines)
{
    private const int BufferSize = 1 << 20;

    /// <summary>A record and what stands around it. A longer line is none of ours.</summary>
    private const int MaxLine = EventSerializer.MaxRecordLength + 256;

    private long _start = offset; // of the buffer, in the file
    private int _filled;
    private int _line; // where the line begins that is not read yet
    private long _number = lines;
    private bool _isWhole = true; // whether that line begins where it should
    private DamagedLine? _suspect;

    /// <summary>Where the last whole append ends.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>How many lines there are before.</summary>
    public long Lines { get; private set; } = lines;

    /// <summary>A damaged line that whole ones follow. One that only fragments follow is a torn end, and no damage.</summary>
    public DamagedLine? Damage { get; private set; }

    /// <summary>Reads, and hands each append on once it is there as a whole.</summary>
    public void Run()
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(RandomAccess.GetLength(handle) - _start, 256, BufferSize));
        try
        {
            while (Damage is null && RandomAccess.Read(handle, buffer.AsSpan(_filled), _start + _filled) is > 0 and var read)
            {
                _filled += read;
                TakeLines(buffer.AsSpan(0, _filled));
                MakeRoom(ref buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void TakeLines(ReadOnlySpan<byte> buffer)
    {
        while (Damage is null && buffer[_line..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            Take(buffer, buffer.Slice(_line, length));
        }
    }

    private void Take(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        var isWhole = JournalLine.TryParse(bytes, out var line) && _isWhole;
        _isWhole = true;
        if (!isWhole)
        {
            _suspect ??= DamagedLine.At(_start + _line, _number + 1, bytes);
        }
        else if (_suspect is not null)
        {
            Damage = _suspect;
            return;
        }

        _line += bytes.Length + 1;
        _number++;
        if (_suspect is null && !line.HasMore)
        {
            HandOn(buffer[(int)(Offset - _start).._line], line);
            (Offset, Lines) = (_start + _line, _number);
        }
    }

    private void HandOn(ReadOnlySpan<byte> append, JournalLine last)
    {
        while (append.Length > last.Bytes.Length + 1)
        {
            var length = append.IndexOf((byte)'\n');
            _ = JournalLine.TryParse(append[..length], out var line);
            sink.Take(line);
            append = append[(length + 1)..];
        }

        sink.Take(last);
    }

    private void MakeRoom(ref byte[] buffer)
    {
        if (_filled - _line > MaxLine)
        {
            _suspect ??= DamagedLine.At(_start + _line, _number + 1, buffer.AsSpan(_line, _filled - _line));
            (_line, _isWhole) = (_filled, false);
        }

        // Past a suspect line nothing is handed on, and only whole lines are looked for.
        var keep = _suspect is null ? (int)(Offset - _start) : _line;
        if (keep == 0 && _filled == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
            buffer.AsSpan(0, _filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else if (keep > 0)
        {
            buffer.AsSpan(keep, _filled - keep).CopyTo(buffer);
            (_start, _filled, _line) = (_start + keep, _filled - keep, _line - keep);
        }
    }
}

/// <summary>A line that is not as it was written.</summary>
internal sealed record DamagedLine(long Offset, long Line, byte[] Start)
{
    public static DamagedLine At(long offset, long line, ReadOnlySpan<byte> bytes) => new(offset, line, bytes[..Math.Min(bytes.Length, 100)].ToArray());
}
