using System.Globalization;

namespace HyperOpt.Spaces;

/// <summary>A real number between two bounds, both included; by <see cref="Log"/> and <see cref="Step"/> log-scaled, on a grid, or both.</summary>
public sealed record FloatParameter : Parameter<double>
{
    internal FloatParameter(string name, double low, double high)
        : base(name) => Scale = NumericScale.Create(name, low, high, null, false);

    /// <summary>The lowest value.</summary>
    public double Low => Scale.Low;

    /// <summary>The highest value.</summary>
    public double High => Scale.High;

    /// <summary>The distance between neighbouring values; null for a continuum.</summary>
    public double? StepSize => Scale.Step;

    /// <summary>Whether equal ratios, not equal differences, are equally far apart.</summary>
    public bool IsLog => Scale.IsLog;

    /// <inheritdoc/>
    public override long? Cardinality => Scale.Count;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    internal NumericScale Scale { get; private init; }

    internal override string Domain => Scale.ToString();

    /// <summary>The same parameter on a logarithmic scale. <see cref="Low"/> must be positive.</summary>
    /// <exception cref="ArgumentException"><see cref="Low"/> is not positive.</exception>
    public FloatParameter Log() => this with { Scale = NumericScale.Create(Name, Low, High, StepSize, true) };

    /// <summary>The same parameter on the grid low, low + step, …, high.</summary>
    /// <param name="step">The distance between neighbours; a divisor of high - low.</param>
    /// <exception cref="ArgumentException">The step is not positive, or does not divide high - low.</exception>
    public FloatParameter Step(double step) => this with { Scale = NumericScale.Create(Name, Low, High, step, IsLog) };

    /// <inheritdoc/>
    public bool Equals(FloatParameter? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: float {Domain}";

    internal override double Decode(double code) => code;

    internal override bool TryEncode(double value, out double code) => Scale.TrySnap(value, out code);

    internal override double CodeAt(double unit) => Scale.At(unit);

    internal override double UnitOf(double code) => Scale.UnitOf(code);

    internal override (double Low, double High) CellOf(double code) => Scale.CellOf(code);

    internal override double CodeOfLevel(long level) => Scale.OfLevel(level);

    internal override long LevelOf(double code) => Scale.LevelOf(code);

    internal override string TextOf(double code) => code.ToString("R", CultureInfo.InvariantCulture);

    internal override bool TryReadCode(string text, out double code) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out code) && Scale.TrySnap(code, out code);

    internal override bool HasSameDomain(Parameter other) =>
        ReferenceEquals(this, other) || (other is FloatParameter same && same.Name == Name && same.Scale == Scale);
}
