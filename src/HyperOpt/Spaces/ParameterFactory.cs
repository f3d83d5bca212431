namespace HyperOpt.Spaces;

public abstract partial record Parameter
{
    /// <summary>A real number in [<paramref name="low"/>, <paramref name="high"/>], uniform unless <see cref="FloatParameter.Log"/> follows.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <param name="low">The lowest value; finite.</param>
    /// <param name="high">The highest value; finite, not below low.</param>
    /// <exception cref="ArgumentException">The name is blank, or low &lt;= high does not hold.</exception>
    public static FloatParameter Float(string name, double low, double high) => new(name, low, high);

    /// <summary>A whole number in [<paramref name="low"/>, <paramref name="high"/>], each as likely as another unless <see cref="IntParameter.Log"/> follows.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value, not below low.</param>
    /// <exception cref="ArgumentException">The name is blank, or low &lt;= high does not hold.</exception>
    public static IntParameter Int(string name, int low, int high) => new(name, low, high);

    /// <summary>One of some values without an order, such as the names of algorithms.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <param name="values">The values: at least one, distinct, distinct as text.</param>
    /// <exception cref="ArgumentException">The name is blank, or the values are none or not distinct.</exception>
    public static CategoricalParameter<T> Categorical<T>(string name, params ReadOnlySpan<T> values)
        where T : notnull => new(name, values);

    /// <summary>One of the values of an enum.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <exception cref="ArgumentException">The name is blank, or the enum names one value twice.</exception>
    public static CategoricalParameter<T> Enum<T>(string name)
        where T : struct, Enum => new(name, System.Enum.GetValues<T>());

    /// <summary>One of some values listed in their order, such as 16, 32, 64, 128.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <param name="values">The values in order: at least one, distinct, distinct as text.</param>
    /// <exception cref="ArgumentException">The name is blank, or the values are none or not distinct.</exception>
    public static OrdinalParameter<T> Ordinal<T>(string name, params ReadOnlySpan<T> values)
        where T : notnull => new(name, values);

    /// <summary>The powers of two from <paramref name="low"/> to <paramref name="high"/>, in order. For all the numbers between them, use <c>Int(…).Log()</c>.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <param name="low">The lowest value, a power of two.</param>
    /// <param name="high">The highest value, a power of two, not below low.</param>
    /// <exception cref="ArgumentException">The name is blank, or a bound is not a power of two, or low &lt;= high does not hold.</exception>
    public static OrdinalParameter<int> PowersOfTwo(string name, int low, int high)
    {
        if (!int.IsPow2(low) || !int.IsPow2(high) || low > high)
        {
            throw new ArgumentException(
                $"low <= high, both powers of two, must hold for parameter '{name}', but got low={low}, high={high}. Take bounds such as 16 and 256.");
        }

        var count = int.Log2(high) - int.Log2(low) + 1;
        return new OrdinalParameter<int>(name, Enumerable.Range(int.Log2(low), count).Select(power => 1 << power).ToArray());
    }

    /// <summary>True or false.</summary>
    /// <param name="name">The name, unique in a space.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public static CategoricalParameter<bool> Bool(string name) => new(name, [false, true]);
}
