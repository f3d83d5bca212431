using System.Reflection;
using System.Runtime.CompilerServices;

namespace HyperOpt.Tests.Conventions;

/// <summary>The library's types and members as reflection sees them.</summary>
internal static class LibraryTypes
{
    public const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(HyperOpt.Spaces.Configuration).Assembly;

    /// <summary>All types that a person wrote.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. Library.GetTypes().Where(type => !IsGenerated(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The types that a user sees.</summary>
    public static IReadOnlyList<Type> Public { get; } = [.. All.Where(IsVisible)];

    /// <summary>The members of a type that a user sees, apart from those that the compiler makes for records.</summary>
    public static IEnumerable<MemberInfo> PublicMembers(Type type) => type.GetMembers(Declared).Where(member => member switch
    {
        MethodInfo method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsSynthesized(method),
        ConstructorInfo constructor => IsVisible(constructor) && !(IsRecord(type) && IsCopy(constructor)),
        PropertyInfo property => property.GetAccessors(true).Any(IsVisible) && property.Name != "EqualityContract",
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    });

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true);

    private static bool IsVisible(Type type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!));

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute))
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.Namespace?.StartsWith("HyperOpt", StringComparison.Ordinal) != true;

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    // Deconstruct is made by the compiler too, but written by the person who wrote the record's parameters.
    private static bool IsSynthesized(MethodInfo method) =>
        method.Name.Contains('<', StringComparison.Ordinal)
        || (method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name != "Deconstruct");
}
