namespace HyperOpt.Storage;

/// <summary>Reads lines of bytes, none longer than a limit: whoever wrote the file cannot make it take more memory.</summary>
internal sealed class LineReader(Stream source, int maxLength)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line without its end, valid until the next call; null at the end.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken token)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0 || (_isAtEnd && _end > _start))
            {
                var line = _buffer.AsMemory(_start, at >= 0 ? searched + at : _end - _start);
                _start += Math.Min(line.Length + 1, _end - _start);
                Number++;
                return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
            }

            if (_isAtEnd)
            {
                return null;
            }

            searched = _end - _start;
            if (searched > maxLength)
            {
                throw new InvalidDataException($"A line has up to {maxLength} bytes, but line {Number + 1} has more. It was not written by this library.");
            }

            await FillAsync(token).ConfigureAwait(false);
        }
    }

    private async ValueTask FillAsync(CancellationToken token)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = await source.ReadAsync(_buffer.AsMemory(_end), token).ConfigureAwait(false);
        _end += read;
        _isAtEnd = read == 0;
    }
}
