using System.Globalization;
using System.Text;
using HyperOpt.Analysis;

namespace ImportanceSample;

/// <summary>Draws importances as bars with their standard errors: what a parameter explains alone in full colour, what it takes part in behind it.</summary>
public static class Picture
{
    private const int Left = 130, Width = 640, Right = 20, Top = 46, Row = 30, Bar = 18;

    /// <summary>The report as an SVG picture.</summary>
    public static string Of(ImportanceReport report)
    {
        var most = Math.Max(0.1, report.Parameters.Max(importance => importance.Total + importance.TotalError));
        var bottom = Top + Row * report.Parameters.Length;
        double X(double share) => Left + Math.Clamp(share / most, 0, 1) * (Width - Left - Right);
        var svg = new StringBuilder()
            .AppendLine(Text($"<svg xmlns='http://www.w3.org/2000/svg' width='{Width}' height='{bottom + 40}' font-family='sans-serif' font-size='12'>"))
            .AppendLine("<rect width='100%' height='100%' fill='white'/>")
            .AppendLine(Text($"<text x='12' y='18' font-size='13'>Importance for {Escaped(report.Target)}, by {report.Evaluator}, {report.Trials} trials</text>"))
            .AppendLine(Text($"<rect x='{Left}' y='26' width='12' height='10' fill='#1f5fa8'/><text x='{Left + 17}' y='35'>alone</text>"))
            .AppendLine(Text($"<rect x='{Left + 62}' y='26' width='12' height='10' fill='#bcd2ea'/><text x='{Left + 79}' y='35'>with others; lines are one standard error each way</text>"));
        for (var share = 0.0; share <= most; share += most > 0.5 ? 0.2 : 0.05)
        {
            svg.AppendLine(Text($"<line x1='{X(share):F1}' x2='{X(share):F1}' y1='{Top}' y2='{bottom}' stroke='#ddd'/><text x='{X(share):F1}' y='{bottom + 16}' text-anchor='middle'>{share:0.##}</text>"));
        }

        for (var at = 0; at < report.Parameters.Length; at++)
        {
            var (importance, y) = (report.Parameters[at], Top + Row * at + (Row - Bar) / 2.0);
            svg.AppendLine(Text($"<text x='{Left - 8}' y='{y + 13:F1}' text-anchor='end'>{Escaped(importance.Parameter.Name)}</text>"))
                .AppendLine(Text($"<rect x='{Left}' y='{y:F1}' width='{X(importance.Total) - Left:F1}' height='{Bar}' fill='#bcd2ea'/>"))
                .AppendLine(Text($"<rect x='{Left}' y='{y + 3:F1}' width='{X(importance.First) - Left:F1}' height='{Bar - 6}' fill='#1f5fa8'/>"))
                .AppendLine(Whisker(importance.Total, importance.TotalError, y + 3, "#444"))
                .AppendLine(Whisker(importance.First, importance.FirstError, y + Bar - 5, "#d95f02"));
        }

        return svg.AppendLine(Text($"<text x='{Left}' y='{bottom + 33}'>share of the variance over the space</text>")).AppendLine("</svg>").ToString();

        string Whisker(double share, double error, double y, string colour) =>
            Text($"<line x1='{X(share - error):F1}' x2='{X(share + error):F1}' y1='{y:F1}' y2='{y:F1}' stroke='{colour}' stroke-width='1.5'/>");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text) ?? "";
}
