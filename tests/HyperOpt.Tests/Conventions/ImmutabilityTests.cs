using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace HyperOpt.Tests.Conventions;

public sealed class ImmutabilityTests
{
    /// <summary>Types that others may derive from without being abstract, each with the reason.</summary>
    private static readonly Dictionary<string, string> Open = [];

    /// <summary>Properties that a user may set after construction, each with the reason.</summary>
    private static readonly Dictionary<string, string> Settable = [];

    /// <summary>Members that show an array or a mutable collection, each with the reason.</summary>
    private static readonly Dictionary<string, string> Collections = new()
    {
        ["HyperOpt.Objective.From"] = "an objective returns what it likes best, [loss, size]; it is copied at once",
        ["HyperOpt.PopulationExtensions.TrainPopulation"] = "as of Objective.From: several values of one interval",
        ["HyperOpt.Storage.EventSerializer.Write"] = "a fresh array that belongs to the caller; drivers of databases take no other",
        ["HyperOpt.Storage.EventSerializer.WriteAll"] = "fresh arrays that belong to the caller; drivers of databases take no other",
        ["HyperOpt.StudyExtensions.Optimize"] = "the same",
        ["HyperOpt.StudyExtensions.OptimizeAsync"] = "the same",
    };

    private static readonly HashSet<Type> MutableCollections =
    [
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedDictionary<,>), typeof(SortedSet<>),
        typeof(IList<>), typeof(ICollection<>), typeof(IDictionary<,>), typeof(ISet<>),
    ];

    [Fact]
    public void EveryClassIsSealedStaticOrAbstract() =>
        AssertOnly(Open, LibraryTypes.All.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Select(type => type.FullName!));

    [Fact]
    public void NoPropertyCanBeSetAfterConstruction() =>
        AssertOnly(Settable,
            from type in LibraryTypes.Public
            from property in LibraryTypes.PublicMembers(type).OfType<PropertyInfo>()
            where property.SetMethod is { } set && LibraryTypes.IsVisible(set) && !IsInit(set)
            select NameOf(property));

    [Fact]
    public void NoFieldIsPublicUnlessItIsConstant() =>
        Assert.Empty(
            from type in LibraryTypes.Public
            from field in LibraryTypes.PublicMembers(type).OfType<FieldInfo>()
            where !field.IsLiteral && !(field.IsStatic && field.IsInitOnly)
            select NameOf(field));

    [Fact]
    public void NoSignatureShowsAnArrayOrAMutableCollection() =>
        AssertOnly(Collections,
            from type in LibraryTypes.Public
            from member in LibraryTypes.PublicMembers(type)
            where SignatureOf(member).Any(IsMutable)
            select NameOf(member));

    [Fact]
    public void EveryFieldOfAnInstanceIsPrivate() =>
        Assert.Empty(
            from type in LibraryTypes.All
            where type is { IsEnum: false, IsClass: true }
            from field in type.GetFields(LibraryTypes.Declared)
            where !field.IsStatic && !field.IsPrivate
            select NameOf(field));

    private static void AssertOnly(Dictionary<string, string> exceptions, IEnumerable<string> found) =>
        Assert.Equal(exceptions.Keys.Order(StringComparer.Ordinal), found.Distinct().Order(StringComparer.Ordinal));

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType!.FullName}.{member.Name}";

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static IEnumerable<Type> SignatureOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => property.GetIndexParameters().Select(parameter => parameter.ParameterType).Append(property.PropertyType),
        FieldInfo field => [field.FieldType],
        EventInfo @event => [@event.EventHandlerType!],
        _ => [],
    };

    private static bool IsMutable(Type type) =>
        type.IsArray
        || (type.HasElementType && IsMutable(type.GetElementType()!))
        || (type.IsGenericType && (MutableCollections.Contains(type.GetGenericTypeDefinition()) || type.GetGenericArguments().Any(IsMutable)));
}
