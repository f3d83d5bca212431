using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace HyperOpt.Storage.Journal;

/// <summary>
/// The right to write to a journal: an exclusive lock of the operating system on a file beside it (flock, or the share mode on Windows), which
/// ends with its holder however that ends. The file stays; it is never deleted, because two could then hold locks on two files of its name.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose of.")]
internal sealed class JournalLock(string path, TimeProvider time, Action<TimeSpan> tellOfWait)
{
    /// <summary>Tries before the first pause: a holder is usually gone within microseconds.</summary>
    private const int Spins = 20;

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _here = new(1, 1); // in this process, waiters need not poll
    private uint _jitter = (uint)Environment.ProcessId;

    /// <summary>Waits for the lock; disposing of the answer ends it.</summary>
    /// <exception cref="UnauthorizedAccessException">The lock's file may not be written.</exception>
    public async ValueTask<Held> TakeAsync(CancellationToken token)
    {
        await _here.WaitAsync(token).ConfigureAwait(false);
        try
        {
            return new Held(_here, TryOpen() ?? await WaitAsync(token).ConfigureAwait(false));
        }
        catch
        {
            _here.Release();
            throw;
        }
    }

    private async ValueTask<SafeFileHandle> WaitAsync(CancellationToken token)
    {
        var (begun, told) = (time.GetTimestamp(), LongWait);
        for (var turn = 0; ; turn++)
        {
            if (TryOpen() is { } taken)
            {
                return taken;
            }

            if (turn < Spins)
            {
                Thread.Yield();
                continue;
            }

            // Some milliseconds, not the same for all who wait.
            _jitter = _jitter * 1664525 + 1013904223;
            var most = Math.Min(8, 1 + (turn - Spins) / 4);
            await Task.Delay(TimeSpan.FromMilliseconds(1 + (_jitter >> 16) % most), time, token).ConfigureAwait(false);
            if (time.GetElapsedTime(begun) >= told)
            {
                tellOfWait(time.GetElapsedTime(begun));
                told += LongWait;
            }
        }
    }

    private SafeFileHandle? TryOpen()
    {
        try
        {
            return File.OpenHandle(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
        catch (DirectoryNotFoundException exception)
        {
            throw JournalError.NoFolder(path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw JournalError.Denied(path, exception);
        }
        catch (IOException exception)
        {
            throw JournalError.CannotWrite(path, exception);
        }
    }

    // EWOULDBLOCK of Linux and of BSD, and ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException exception) =>
        exception.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35);

    internal readonly struct Held(SemaphoreSlim here, SafeFileHandle handle) : IDisposable
    {
        public void Dispose()
        {
            handle.Dispose();
            here.Release();
        }
    }
}
