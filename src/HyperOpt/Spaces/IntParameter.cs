using System.Globalization;

namespace HyperOpt.Spaces;

/// <summary>A whole number between two bounds, both included; the full range of <see cref="int"/> is allowed.</summary>
public sealed record IntParameter : Parameter<int>
{
    internal IntParameter(string name, int low, int high)
        : base(name) => Scale = NumericScale.Create(name, low, high, 1, false);

    /// <summary>The lowest value.</summary>
    public int Low => (int)Scale.Low;

    /// <summary>The highest value.</summary>
    public int High => (int)Scale.High;

    /// <summary>The distance between neighbouring values.</summary>
    public int StepSize => (int)Scale.Step!.Value;

    /// <summary>Whether equal ratios, not equal differences, are equally far apart.</summary>
    public bool IsLog => Scale.IsLog;

    /// <inheritdoc/>
    public override long? Cardinality => Scale.Count;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    internal NumericScale Scale { get; private init; }

    private NumericScale ScaleText => StepSize == 1 ? Scale with { Step = null } : Scale; // a step of 1 goes without saying

    internal override string Domain => "a whole number " + ScaleText;

    /// <summary>The same parameter on a logarithmic scale. <see cref="Low"/> must be positive.</summary>
    /// <exception cref="ArgumentException"><see cref="Low"/> is not positive.</exception>
    public IntParameter Log() => this with { Scale = NumericScale.Create(Name, Low, High, StepSize, true) };

    /// <summary>The same parameter on the grid low, low + step, …, high.</summary>
    /// <param name="step">The distance between neighbours; a divisor of high - low.</param>
    /// <exception cref="ArgumentException">The step is not positive, or does not divide high - low.</exception>
    public IntParameter Step(int step) => this with { Scale = NumericScale.Create(Name, Low, High, step, IsLog) };

    /// <inheritdoc/>
    public bool Equals(IntParameter? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: int {ScaleText}";

    internal override int Decode(double code) => (int)code;

    internal override bool TryEncode(int value, out double code) => TrySnap(value, out code);

    internal override double CodeAt(double unit) => Scale.At(unit);

    internal override double UnitOf(double code) => Scale.UnitOf(code);

    internal override (double Low, double High) CellOf(double code) => Scale.CellOf(code);

    internal override double CodeOfLevel(long level) => Scale.OfLevel(level);

    internal override long LevelOf(double code) => Scale.LevelOf(code);

    internal override string TextOf(double code) => code.ToString("R", CultureInfo.InvariantCulture);

    internal override bool TryReadCode(string text, out double code) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out code) && TrySnap(code, out code);

    internal override bool HasSameDomain(Parameter other) =>
        ReferenceEquals(this, other) || (other is IntParameter same && same.Name == Name && same.Scale == Scale);

    // Exact, where the scale's own test has the tolerance that floats need.
    private bool TrySnap(double value, out double code) => Scale.TrySnap(value, out code) && code == value;
}
