using System.Globalization;
using System.Text;
using HyperOpt.Benchmarks.Quality.Suite;

namespace HyperOpt.Benchmarks.Quality.Reporting;

/// <summary>Mean ranks against trials as an SVG: a panel for all problems, and one for each family.</summary>
internal static class Picture
{
    private const int PanelWidth = 330;
    private const int PanelHeight = 240;
    private const int Columns = 3;
    private const int Left = 40;
    private const int Top = 30;
    private const int PlotWidth = 270;
    private const int PlotHeight = 170;

    // Okabe and Ito's colours, which most people can tell apart, and then their dark siblings.
    private static readonly string[] Colours = ["#000000", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f2f00", "#003a5c", "#5c5c5c"];

    /// <param name="path">The file.</param>
    /// <param name="results">The results.</param>
    /// <param name="marks">After how many trials: those at which the samplers can be compared.</param>
    public static void Write(string path, Comparison results, IReadOnlyList<int> marks)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, Draw(results, marks));
    }

    internal static string Draw(Comparison results, IReadOnlyList<int> marks)
    {
        string[] families = ["all", .. ProblemSuite.Families.Where(family => !results.Of(family).IsEmpty)];
        var rows = (families.Length + Columns - 1) / Columns;
        var height = rows * PanelHeight + 30 + 18 * ((results.Samplers.Length + 3) / 4);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Columns * PanelWidth}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (var i = 0; i < families.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({i % Columns * PanelWidth},{i / Columns * PanelHeight})\">\n");
            Panel(svg, results, marks, families[i]);
            svg.Append("</g>\n");
        }

        for (var i = 0; i < results.Samplers.Length; i++)
        {
            var (x, y) = (Left + i % 4 * 240, rows * PanelHeight + 20 + 18 * (i / 4));
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{x}\" y1=\"{y - 4}\" x2=\"{x + 24}\" y2=\"{y - 4}\" stroke=\"{Colours[i % Colours.Length]}\" stroke-width=\"2\"/><text x=\"{x + 30}\" y=\"{y}\">{results.Samplers[i]}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, Comparison results, IReadOnlyList<int> marks, string family)
    {
        var problems = results.Of(family);
        var worst = Math.Max(2, results.Samplers.Length);
        double X(int mark) => Left + (marks.Count == 1 ? 0.5 : Math.Log((double)mark / marks[0]) / Math.Log((double)marks[^1] / marks[0])) * PlotWidth;
        double Y(double rank) => Top + (rank - 1) / (worst - 1) * PlotHeight;

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"18\" font-weight=\"bold\">{family}: mean rank by trials ({problems.Length} problems)</text>\n");
        for (var rank = 1; rank <= worst; rank++)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" y1=\"{Y(rank):F1}\" x2=\"{Left + PlotWidth}\" y2=\"{Y(rank):F1}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Y(rank) + 4:F1}\" text-anchor=\"end\">{rank}</text>\n");
        }

        foreach (var mark in marks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(mark):F1}\" y=\"{Top + PlotHeight + 16}\" text-anchor=\"middle\">{mark}</text>\n");
        }

        var ranks = marks.ToDictionary(mark => mark, mark =>
        {
            var complete = results.Complete(problems, mark);
            return complete.Zip(results.MeanRanks(complete, problems, mark)).ToDictionary(pair => pair.First, pair => pair.Second);
        });
        for (var i = 0; i < results.Samplers.Length; i++)
        {
            var points = marks.Where(mark => ranks[mark].ContainsKey(results.Samplers[i]))
                .Select(mark => string.Create(CultureInfo.InvariantCulture, $"{X(mark):F1},{Y(ranks[mark][results.Samplers[i]]):F1}")).ToArray();
            var colour = Colours[i % Colours.Length];
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            foreach (var point in points)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{point.Replace(",", "\" cy=\"", StringComparison.Ordinal)}\" r=\"2.5\" fill=\"{colour}\"/>\n");
            }
        }
    }
}
