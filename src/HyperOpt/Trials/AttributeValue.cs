using System.Globalization;

namespace HyperOpt.Trials;

/// <summary>What an attribute holds: a text, a number or a truth. Converted to implicitly.</summary>
public readonly record struct AttributeValue
{
    private AttributeValue(string? text, double number, bool? truth)
    {
        Text = text;
        Number = number;
        Truth = truth;
    }

    /// <summary>The text, or null if it is none.</summary>
    public string? Text { get; }

    /// <summary>The number, or NaN if it is none.</summary>
    public double Number { get; }

    /// <summary>The truth, or null if it is none.</summary>
    public bool? Truth { get; }

    /// <summary>A text.</summary>
    public static implicit operator AttributeValue(string text) => FromText(text);

    /// <summary>A number; whole numbers are exact up to 2^53.</summary>
    public static implicit operator AttributeValue(double number) => FromNumber(number);

    /// <summary>A truth.</summary>
    public static implicit operator AttributeValue(bool truth) => FromTruth(truth);

    /// <summary>A text.</summary>
    public static AttributeValue FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new AttributeValue(text, double.NaN, null);
    }

    /// <summary>A number; whole numbers are exact up to 2^53.</summary>
    public static AttributeValue FromNumber(double number) => new(null, number, null);

    /// <summary>A truth.</summary>
    public static AttributeValue FromTruth(bool truth) => new(null, double.NaN, truth);

    /// <summary>The value as people read it, in the invariant culture.</summary>
    public override string ToString() => Text ?? Truth?.ToString() ?? Number.ToString("R", CultureInfo.InvariantCulture);
}
