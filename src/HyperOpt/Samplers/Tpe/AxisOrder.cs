namespace HyperOpt.Samplers.Tpe;

/// <summary>The rows of a history that have a coordinate on one axis, in ascending order of it; kept up as rows are added.</summary>
internal sealed class AxisOrder
{
    private int[] _rows = [];
    private double[] _coordinates = [];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<double> Coordinates => _coordinates.AsSpan(0, Count);

    /// <summary>Adds the rows from a position on.</summary>
    public void Add(ReadOnlySpan<double> column, int from)
    {
        if (column.Length - from > 64)
        {
            Rebuild(column);
            return;
        }

        for (var row = from; row < column.Length; row++)
        {
            if (!double.IsNaN(column[row]))
            {
                Insert(row, column[row]);
            }
        }
    }

    private void Rebuild(ReadOnlySpan<double> column)
    {
        _rows = new int[column.Length];
        _coordinates = new double[column.Length];
        Count = 0;
        for (var row = 0; row < column.Length; row++)
        {
            if (!double.IsNaN(column[row]))
            {
                _rows[Count] = row;
                _coordinates[Count++] = column[row];
            }
        }

        // Equal coordinates in the order of rows, as insertion leaves them.
        var keys = new (double, int)[Count];
        for (var i = 0; i < Count; i++)
        {
            keys[i] = (_coordinates[i], _rows[i]);
        }

        Array.Sort(keys);
        for (var i = 0; i < Count; i++)
        {
            (_coordinates[i], _rows[i]) = keys[i];
        }
    }

    private void Insert(int row, double coordinate)
    {
        if (Count == _rows.Length)
        {
            var capacity = Math.Max(64, 2 * Count);
            Array.Resize(ref _rows, capacity);
            Array.Resize(ref _coordinates, capacity);
        }

        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _coordinates[middle] <= coordinate ? (middle + 1, high) : (low, middle);
        }

        Array.Copy(_rows, low, _rows, low + 1, Count - low);
        Array.Copy(_coordinates, low, _coordinates, low + 1, Count - low);
        _rows[low] = row;
        _coordinates[low] = coordinate;
        Count++;
    }
}
