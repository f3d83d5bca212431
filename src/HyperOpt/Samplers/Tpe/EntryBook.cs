namespace HyperOpt.Samplers.Tpe;

/// <summary>The distinct factors that kernels have had on a finite axis: about as many as the axis has values. Entry 0 is the prior's.</summary>
internal sealed class EntryBook
{
    private readonly Dictionary<(double Mu, double Width), int> _entries = [];
    private readonly List<(double Mu, double Width)> _list = [(double.NaN, 1)];

    public int Count => _list.Count;

    public (double Mu, double Width) this[int entry] => _list[entry];

    public int Of(double mu, double width)
    {
        if (!_entries.TryGetValue((mu, width), out var entry))
        {
            _entries.Add((mu, width), entry = _list.Count);
            _list.Add((mu, width));
        }

        return entry;
    }
}
