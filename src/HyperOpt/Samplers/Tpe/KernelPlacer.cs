using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// Walks the observations of one density along one axis in ascending order, and places each kernel once both its gaps are known.
/// Kernel k >= 0 is one of the main kernels, ~k one of those beside them.
/// </summary>
internal ref struct KernelPlacer(Kernels kernels, Kernels? beside, Parameter parameter, int axis, int present, int objectives)
{
    private readonly double _floor = Bandwidth.Floor(present, objectives);
    private int _count;
    private int _kernel;
    private double _mu;
    private double _left;

    /// <summary>The next observation.</summary>
    public void Add(double mu, int kernel)
    {
        if (_count > 0)
        {
            Place(Math.Max(_left, mu - _mu));
        }

        _left = _count > 0 ? mu - _mu : 0;
        (_mu, _kernel) = (mu, kernel);
        _count++;
    }

    /// <summary>There are no more.</summary>
    public void End()
    {
        kernels.Present[axis] = present;
        beside?.Present[axis] = present;
        if (_count > 0)
        {
            Place(_count == 1 ? Math.Max(_mu, 1 - _mu) : _left);
        }
    }

    private readonly void Place(double gap)
    {
        var width = parameter.IsOrdered ? Bandwidth.Of(parameter, _mu, gap, _floor) : 1;
        if (_kernel >= 0)
        {
            kernels.Place(_kernel, axis, _mu, width);
        }
        else
        {
            beside!.Place(~_kernel, axis, _mu, width);
        }
    }
}
