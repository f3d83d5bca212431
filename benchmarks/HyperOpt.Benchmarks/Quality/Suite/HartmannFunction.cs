namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Hartmann's family: four wells in the unit cube. Constants: Dixon and Szegö 1978, "Towards global optimisation 2".</summary>
internal sealed class HartmannFunction
{
    private static readonly double[] Depths = [1.0, 1.2, 3.0, 3.2];

    private readonly double[][] _slopes;
    private readonly double[][] _centres;

    private HartmannFunction(double[][] slopes, double[][] centres) => (_slopes, _centres) = (slopes, centres);

    public static HartmannFunction Three { get; } = new(
        [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]],
        [[0.3689, 0.1170, 0.2673], [0.4699, 0.4387, 0.7470], [0.1091, 0.8732, 0.5547], [0.03815, 0.5743, 0.8828]]);

    public static HartmannFunction Six { get; } = new(
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]],
        [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
            [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
            [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ]);

    public int Dimensions => _slopes[0].Length;

    public double At(double[] x)
    {
        var sum = 0.0;
        for (var well = 0; well < Depths.Length; well++)
        {
            var distance = 0.0;
            for (var axis = 0; axis < x.Length; axis++)
            {
                distance += _slopes[well][axis] * (x[axis] - _centres[well][axis]) * (x[axis] - _centres[well][axis]);
            }

            sum -= Depths[well] * Math.Exp(-distance);
        }

        return sum;
    }
}
