using HyperOpt.Numerics;

namespace HyperOpt.Tests.Support;

/// <summary>A stream of chance that may be used for one call: taken back after it, it throws.</summary>
internal sealed class LoanedRandom : Random
{
    private readonly Xoshiro256StarStar _stream;

    // A constant seed keeps the base class from asking Random.Shared for one; what it sets up is never used.
#pragma warning disable RS0030
    public LoanedRandom(ulong seed)
        : base(0) => _stream = new Xoshiro256StarStar(seed);
#pragma warning restore RS0030

    public bool IsTakenBack { get; set; }

    private Xoshiro256StarStar Stream => IsTakenBack
        ? throw new InvalidOperationException("A Random belongs to the one call that it was handed to, but a later call draws from it. Do not keep it.")
        : _stream;

    public override int Next() => Stream.Next();

    public override int Next(int maxValue) => Stream.Next(maxValue);

    public override int Next(int minValue, int maxValue) => Stream.Next(minValue, maxValue);

    public override long NextInt64() => Stream.NextInt64();

    public override long NextInt64(long maxValue) => Stream.NextInt64(maxValue);

    public override long NextInt64(long minValue, long maxValue) => Stream.NextInt64(minValue, maxValue);

    public override double NextDouble() => Stream.NextDouble();

    public override float NextSingle() => Stream.NextSingle();

    public override void NextBytes(byte[] buffer) => Stream.NextBytes(buffer);

    public override void NextBytes(Span<byte> buffer) => Stream.NextBytes(buffer);
}
