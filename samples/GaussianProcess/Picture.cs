using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HyperOpt.Samplers;

namespace GaussianProcess;

/// <summary>Draws what a model of one dimension believes: the interval of 95 %, the median, the trials, and below them the acquisition.</summary>
internal static class Picture
{
    private const int Width = 720;
    private const int Height = 300;
    private const int Lower = 110;
    private const int Margin = 20;

    /// <param name="units">The coordinates of the beliefs, ascending.</param>
    /// <param name="beliefs">What is believed there.</param>
    /// <param name="truth">The loss there.</param>
    /// <param name="trials">Coordinates and losses of the trials.</param>
    /// <param name="next">The coordinate of what is proposed.</param>
    public static string Draw(double[] units, ImmutableArray<ModelBelief> beliefs, double[] truth, IEnumerable<(double Unit, double Loss)> trials, double next)
    {
        var (low, high) = (Math.Min(truth.Min(), beliefs.Min(belief => belief.Low)), Math.Max(truth.Max(), beliefs.Max(belief => belief.High)));
        var (least, most) = (Math.Max(beliefs.Max(belief => belief.Acquisition) - 12, beliefs.Min(belief => belief.Acquisition)), beliefs.Max(belief => belief.Acquisition));
        double X(double unit) => Margin + unit * (Width - 2 * Margin);
        double Y(double loss) => Height - Margin - (loss - low) / (high - low) * (Height - 2 * Margin);
        double Z(double value) => Height + Lower - Margin - (Math.Clamp(value, least, most) - least) / (most - least) * (Lower - 2 * Margin);
        string Line(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(point => Text($"{point.X:F1},{point.Y:F1}")));
        var band = units.Zip(beliefs, (unit, belief) => (X(unit), Y(belief.Low)))
            .Concat(units.Zip(beliefs, (unit, belief) => (X(unit), Y(belief.High))).Reverse());
        var svg = new StringBuilder()
            .AppendLine(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height + Lower}\" font-family=\"sans-serif\" font-size=\"12\">"))
            .AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>")
            .AppendLine($"<polygon points=\"{Line(band)}\" fill=\"#cfe0f3\"/>")
            .AppendLine($"<polyline points=\"{Line(units.Zip(truth, (unit, loss) => (X(unit), Y(loss))))}\" fill=\"none\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>")
            .AppendLine($"<polyline points=\"{Line(units.Zip(beliefs, (unit, belief) => (X(unit), Y(belief.Median))))}\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>")
            .AppendLine($"<polyline points=\"{Line(units.Zip(beliefs, (unit, belief) => (X(unit), Z(belief.Acquisition))))}\" fill=\"none\" stroke=\"#b5531c\" stroke-width=\"2\"/>")
            .AppendLine(Text($"<line x1=\"{X(next):F1}\" x2=\"{X(next):F1}\" y1=\"{Margin}\" y2=\"{Height + Lower - Margin}\" stroke=\"#b5531c\" stroke-dasharray=\"2 3\"/>"));
        foreach (var (unit, loss) in trials)
        {
            svg.AppendLine(Text($"<circle cx=\"{X(unit):F1}\" cy=\"{Y(loss):F1}\" r=\"4\"/>"));
        }

        return svg
            .AppendLine("<text x=\"24\" y=\"16\">loss: trials (dots), truth (dashed), median and 95 % interval of the model</text>")
            .AppendLine(Text($"<text x=\"24\" y=\"{Height + 4}\">log expected improvement, and the point proposed</text>"))
            .AppendLine("</svg>").ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
