using System.Globalization;
using System.Text;

namespace PopulationBased;

/// <summary>A chart of lines or points, as a part of an SVG picture.</summary>
/// <param name="Title">Above it.</param>
/// <param name="X">The range of x.</param>
/// <param name="Y">The range of y.</param>
public sealed record Chart(string Title, (double Low, double High) X, (double Low, double High) Y)
{
    /// <summary>The size of a chart with its margins.</summary>
    public const int Width = 300, Height = 260;

    private const int Left = 44, Top = 28, Right = 12, Bottom = 30;

    private readonly StringBuilder _marks = new();

    /// <summary>Whether y is logarithmic.</summary>
    public bool IsLog { get; init; }

    /// <summary>Adds a line through points; or the points alone.</summary>
    public Chart Add(IEnumerable<(double X, double Y)> points, string colour, bool isLine = true, double width = 1.5)
    {
        var places = points.Select(point => (X: AtX(point.X), Y: AtY(point.Y))).ToArray();
        if (isLine)
        {
            _marks.Append(CultureInfo.InvariantCulture, $"<polyline fill='none' stroke='{colour}' stroke-width='{width}' points='")
                .AppendJoin(' ', places.Select(place => Text($"{place.X:F1},{place.Y:F1}"))).AppendLine("'/>");
            return this;
        }

        foreach (var (x, y) in places)
        {
            _marks.AppendLine(CultureInfo.InvariantCulture, $"<circle cx='{x:F1}' cy='{y:F1}' r='{width}' fill='{colour}'/>");
        }

        return this;
    }

    /// <summary>Charts in rows, as a picture.</summary>
    public static string Picture(int columns, params ReadOnlySpan<Chart> charts)
    {
        var rows = (charts.Length + columns - 1) / columns;
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns='http://www.w3.org/2000/svg' width='{columns * Width}' height='{rows * Height}' font-family='sans-serif' font-size='11'>");
        svg.AppendLine("<rect width='100%' height='100%' fill='white'/>");
        for (var at = 0; at < charts.Length; at++)
        {
            svg.AppendLine(CultureInfo.InvariantCulture, $"<g transform='translate({at % columns * Width},{at / columns * Height})'>").Append(charts[at]).AppendLine("</g>");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var frame = new StringBuilder();
        frame.AppendLine(Text($"<text x='{Left}' y='18' font-size='13'>{Title}</text>"));
        frame.AppendLine(Text($"<rect x='{Left}' y='{Top}' width='{Width - Left - Right}' height='{Height - Top - Bottom}' fill='none' stroke='#888'/>"));
        foreach (var part in new[] { 0, 0.5, 1 })
        {
            var x = X.Low + part * (X.High - X.Low);
            var y = IsLog ? Y.Low * Math.Pow(Y.High / Y.Low, part) : Y.Low + part * (Y.High - Y.Low);
            frame.AppendLine(Text($"<text x='{AtX(x):F1}' y='{Height - 14}' text-anchor='middle'>{x:G3}</text>"));
            frame.AppendLine(Text($"<text x='{Left - 4}' y='{AtY(y) + 4:F1}' text-anchor='end'>{y:G3}</text>"));
        }

        return frame.Append(_marks).ToString();
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private double AtX(double x) => Left + (Width - Left - Right) * Math.Clamp((x - X.Low) / (X.High - X.Low), 0, 1);

    private double AtY(double y)
    {
        var share = IsLog ? Math.Log(y / Y.Low) / Math.Log(Y.High / Y.Low) : (y - Y.Low) / (Y.High - Y.Low);
        return Height - Bottom - (Height - Top - Bottom) * Math.Clamp(share, 0, 1);
    }
}
