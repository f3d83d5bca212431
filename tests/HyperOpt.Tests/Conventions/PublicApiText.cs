using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace HyperOpt.Tests.Conventions;

/// <summary>The public API as text: a line for each type and member that a user can name, sorted.</summary>
internal static class PublicApiText
{
    public static string Write(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var space in types.GroupBy(type => type.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append("\n  ").Append(Describe(type)).Append('\n');
                foreach (var line in LinesOf(type))
                {
                    text.Append("    ").Append(line).Append('\n');
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> LinesOf(Type type) =>
        LibraryTypes.PublicMembers(type).Select(member => (Key: SortKey(member), Line: Describe(member)))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal).ThenBy(entry => entry.Line, StringComparer.Ordinal).Select(entry => entry.Line);

    // Constructors first, the values of an enum in their own order, all else by name.
    private static string SortKey(MemberInfo member) => member switch
    {
        ConstructorInfo => "",
        FieldInfo field when field.DeclaringType!.IsEnum => $"{field.GetRawConstantValue():D20}",
        _ => member.Name,
    };

    private static string Describe(Type type)
    {
        var bases = type.IsEnum || type.IsSubclassOf(typeof(Delegate)) ? [] : BasesOf(type).ToList();
        return AccessOf(type) + KindOf(type) + ApiTypeName.Of(type)
            + (type.IsEnum && Enum.GetUnderlyingType(type) != typeof(int) ? $" : {ApiTypeName.Of(Enum.GetUnderlyingType(type))}" : "")
            + (type.IsSubclassOf(typeof(Delegate)) ? Parameters(type.GetMethod("Invoke")!) + " -> " + ReturnOf(type.GetMethod("Invoke")!) : "")
            + (bases.Count > 0 ? " : " + string.Join(", ", bases) : "")
            + Constraints(type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0));
    }

    private static IEnumerable<string> BasesOf(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            yield return ApiTypeName.Of(parent);
        }

        var inherited = (type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(implemented => implemented.GetInterfaces())).ToHashSet();
        var own = type.GetInterfaces().Where(implemented => !inherited.Contains(implemented) && (implemented.IsPublic || implemented.IsNestedPublic));
        foreach (var name in own.Select(ApiTypeName.Of).Order(StringComparer.Ordinal))
        {
            yield return name;
        }
    }

    private static string AccessOf(Type type) => type.IsNestedFamily || type.IsNestedFamORAssem ? "protected " : "public ";

    private static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface ",
        { IsEnum: true } => type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] enum " : "enum ",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "")
            + (LibraryTypes.IsRecord(type) ? "record struct " : "struct "),
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate ",
        _ => (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
            + (LibraryTypes.IsRecord(type) ? "record " : "class "),
    };

    private static string Describe(MemberInfo member) => Obsolete(member) + member switch
    {
        FieldInfo { IsLiteral: true } field => field.DeclaringType!.IsEnum
            ? $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
            : $"const {ApiTypeName.Of(field.FieldType)} {field.Name} = {ApiTypeName.Literal(field.GetRawConstantValue(), field.FieldType)}",
        FieldInfo field => $"{Access(field.IsPublic)}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{ApiTypeName.Of(field)} {field.Name}",
        ConstructorInfo constructor => $"{Access(constructor.IsPublic)}new{Parameters(constructor)}",
        PropertyInfo property => Describe(property),
        EventInfo @event => $"{Modifiers(@event.AddMethod!)}event {ApiTypeName.Of(@event.EventHandlerType!)} {@event.Name}",
        MethodInfo method => $"{Modifiers(method)}{ReturnOf(method)} {method.Name}{ApiTypeName.Arguments(method.GetGenericArguments())}{Parameters(method)}"
            + Constraints(method.GetGenericArguments()),
        _ => throw new InvalidOperationException($"No text for {member}."),
    };

    private static string Describe(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(LibraryTypes.IsVisible).ToList();
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Describe))}]" : property.Name;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var bodies = accessors.OrderBy(accessor => accessor != property.GetMethod)
            .Select(accessor => (accessors.Any(other => other.IsPublic) ? Access(accessor.IsPublic) : "") + AccessorName(property, accessor));
        return $"{Modifiers(accessors.MaxBy(accessor => accessor.IsPublic)!)}{required}{ApiTypeName.Of(property)} {name} {{ {string.Join(" ", bodies.Select(body => body + ";"))} }}";
    }

    private static string AccessorName(PropertyInfo property, MethodInfo accessor) =>
        accessor == property.GetMethod ? "get"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init"
        : "set";

    private static string Access(bool isPublic) => isPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) =>
        Access(method.IsPublic)
        + (method.IsStatic ? "static " : "")
        + (method.DeclaringType!.IsInterface ? (method.IsAbstract ? "" : "default ")
            : method.IsAbstract ? (IsOverride(method) ? "abstract override " : "abstract ")
            : IsOverride(method) ? (method.IsFinal ? "sealed override " : "override ")
            : method is { IsVirtual: true, IsFinal: false } ? "virtual "
            : "");

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    // The compiler marks constructors of types with required members so, for older compilers.
    private static string Obsolete(MemberInfo member) =>
        member.IsDefined(typeof(ObsoleteAttribute)) && !member.IsDefined(typeof(CompilerFeatureRequiredAttribute)) ? "[Obsolete] " : "";

    private static string ReturnOf(MethodInfo method) => ApiTypeName.Of(method.ReturnParameter);

    private static string Parameters(MethodBase method)
    {
        var first = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"({first}{string.Join(", ", method.GetParameters().Select(Describe))})";
    }

    private static string Describe(ParameterInfo parameter)
    {
        var isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        var standard = parameter.HasDefaultValue ? $" = {ApiTypeName.Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{(isParams ? "params " : "")}{ApiTypeName.Of(parameter)} {parameter.Name}{standard}";
    }

    private static string Constraints(IEnumerable<Type> arguments) => string.Concat(arguments.Select(ApiTypeName.ConstraintsOf));
}
