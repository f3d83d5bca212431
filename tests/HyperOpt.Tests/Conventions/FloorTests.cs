using HyperOpt.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace HyperOpt.Tests.Conventions;

/// <summary>The layers of the library: a folder is a namespace, and knows only the floors below it.</summary>
public sealed class FloorTests
{
    /// <summary>What each folder may use besides itself; "" is the root, the top floor.</summary>
    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["Numerics"] = [],
        ["Spaces"] = [],
        ["Trials"] = ["Spaces"],
        ["Samplers"] = ["Numerics", "Spaces", "Trials"],
        ["Pruners"] = ["Numerics", "Trials"],
        ["Analysis"] = ["Numerics", "Spaces"],
        ["Storage"] = ["Spaces", "Trials"],
        ["Engine"] = ["Numerics", "Spaces", "Trials", "Samplers", "Pruners", "Storage"],
        [""] = ["Numerics", "Spaces", "Trials", "Samplers", "Pruners", "Analysis", "Storage", "Engine"],
    };

    private static readonly IEnumerable<SyntaxTree> Trees = LibraryCompilation.Value.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    [Fact]
    public void EveryFolderHasItsFloor() =>
        Assert.All(Trees, tree => Assert.Contains(FolderOf(tree), Floors.Keys));

    [Fact]
    public void TheNamespaceOfAFileIsItsFolder() =>
        Assert.All(Trees, tree =>
        {
            var folder = Path.GetDirectoryName(tree.FilePath)!.Replace(Path.DirectorySeparatorChar, '.').Replace('/', '.');
            var declared = Assert.Single(NodesOf(tree).OfType<BaseNamespaceDeclarationSyntax>());
            Assert.Equal(folder.Length == 0 ? "HyperOpt" : $"HyperOpt.{folder}", declared.Name.ToString());
        });

    [Fact]
    public void NoFileImportsWhatItsFloorMayNotUse() =>
        AssertNone(
            from tree in Trees
            from directive in NodesOf(tree).OfType<UsingDirectiveSyntax>()
            where !MayUse(tree, directive.NamespaceOrType.ToString())
            select $"{tree.FilePath}: {directive}");

    /// <remarks>
    /// A name needs no import to reach up: HyperOpt.Spaces sees all that HyperOpt declares. Hence the question what each name stands for.
    /// Documentation may name anything.
    /// </remarks>
    [Fact]
    public void NoFileNamesWhatItsFloorMayNotUse() =>
        AssertNone(
            from tree in Trees.AsParallel()
            let model = LibraryCompilation.Value.GetSemanticModel(tree)
            from name in NodesOf(tree).OfType<SimpleNameSyntax>()
            let type = TypeOf(model.GetSymbolInfo(name).Symbol)
            where type is not null && !MayUse(tree, type.ToDisplayString())
            select $"{tree.FilePath}: {type}");

    [Fact]
    public void TheCompilationUnderstandsTheLibrary()
    {
        var parameter = LibraryCompilation.Value.GetTypeByMetadataName("HyperOpt.Spaces.Parameter");
        Assert.NotNull(parameter);
        Assert.NotEmpty(parameter.GetMembers("Cardinality"));
        Assert.Equal(Repository.LibrarySources.Count, Trees.Count());
    }

    private static void AssertNone(IEnumerable<string> offences) => Assert.Empty(offences.Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<SyntaxNode> NodesOf(SyntaxTree tree) => tree.GetRoot().DescendantNodes();

    private static string FolderOf(SyntaxTree tree) => tree.FilePath.Contains('/', StringComparison.Ordinal) ? tree.FilePath.Split('/')[0] : "";

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };

    // A dotted name of a namespace or type.
    private static bool MayUse(SyntaxTree tree, string name)
    {
        var folder = FolderOf(tree);
        var parts = name.Split('.', '<');
        if (parts[0] == "MathNet")
        {
            return folder == "Numerics";
        }

        if (parts[0] != "HyperOpt")
        {
            return true;
        }

        var floor = parts.Length > 1 && Floors.ContainsKey(parts[1]) ? parts[1] : "";
        return floor == folder || Floors[folder].Contains(floor);
    }
}
