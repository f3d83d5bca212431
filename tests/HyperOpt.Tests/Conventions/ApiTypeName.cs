using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HyperOpt.Tests.Conventions;

/// <summary>Types as C# writes them, with their nullability.</summary>
internal static class ApiTypeName
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Name(type, null, []);

    public static string Of(PropertyInfo property) => Name(property.PropertyType, Nullability.Create(property), TupleNames(property.CustomAttributes));

    public static string Of(FieldInfo field) => Name(field.FieldType, Nullability.Create(field), TupleNames(field.CustomAttributes));

    public static string Of(ParameterInfo parameter)
    {
        var direction = !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.Position < 0 && parameter.GetRequiredCustomModifiers().Length > 0 ? "ref readonly "
            : "ref ";
        return direction + Name(parameter.ParameterType, Nullability.Create(parameter), TupleNames(parameter.CustomAttributes));
    }

    public static string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => Of(argument)))}>";

    public static string ConstraintsOf(Type argument)
    {
        var flags = argument.GenericParameterAttributes;
        var parts = new List<string>();
        if (flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            parts.Add("struct");
        }
        else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }
        else if (IsNotNull(argument))
        {
            parts.Add("notnull");
        }

        parts.AddRange(argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of).Order(StringComparer.Ordinal));
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !parts.Contains("struct"))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
    }

    public static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumeration => $"{enumeration.Name}.{Enum.ToObject(enumeration, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!, nullability, tupleNames);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            // The nullability of a nullable value type is that of the type within it.
            return Name(underlying, nullability, tupleNames).TrimEnd('?') + "?";
        }

        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        return type.IsArray
            ? $"{Name(type.GetElementType()!, nullability?.ElementType, tupleNames)}[]{mark}"
            : Simple(type, nullability, tupleNames) + mark;
    }

    private static string Simple(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var outer = type.IsNested && !type.IsGenericParameter ? Of(type.DeclaringType!) + "." : "";
        var own = type.GetGenericArguments().Skip(type.IsNested ? type.DeclaringType!.GetGenericArguments().Length : 0).ToList();
        if (type.IsGenericParameter || own.Count == 0)
        {
            return Variance(type) + outer + type.Name;
        }

        // The names of a tuple's elements are listed before those of tuples within it.
        var isTuple = type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true;
        var names = own.Select(_ => isTuple && tupleNames.TryDequeue(out var name) && name is not null ? " " + name : "").ToList();
        var known = nullability?.GenericTypeArguments ?? [];
        var arguments = own.Select((argument, index) => Name(argument, index < known.Length ? known[index] : null, tupleNames) + names[index]).ToList();
        return isTuple ? $"({string.Join(", ", arguments)})" : $"{outer}{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }

    private static Queue<string?> TupleNames(IEnumerable<CustomAttributeData> attributes)
    {
        var found = attributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(TupleElementNamesAttribute));
        var names = (IEnumerable<CustomAttributeTypedArgument>?)found?.ConstructorArguments[0].Value ?? [];
        return new Queue<string?>(names.Select(name => (string?)name.Value));
    }

    private static string Variance(Type type) =>
        !type.IsGenericParameter ? ""
        : type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant) ? "out "
        : type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Contravariant) ? "in "
        : "";

    // NullableAttribute(1) on the parameter, or as the context of its owner.
    private static bool IsNotNull(Type argument) =>
        Flag(argument.CustomAttributes, "NullableAttribute")
        ?? (argument.DeclaringMethod is { } method ? Flag(method.CustomAttributes, "NullableContextAttribute") : null)
        ?? Flag(argument.DeclaringType!.CustomAttributes, "NullableContextAttribute")
        ?? false;

    private static bool? Flag(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType.Name == name) is { } found ? found.ConstructorArguments[0].Value is (byte)1 : null;
}
