using HyperOpt.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HyperOpt.Tests.Conventions;

/// <summary>The library's sources as the compiler understands them, so that a convention can ask what a name stands for.</summary>
internal static class LibraryCompilation
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    public static CSharpCompilation Value { get; } = CSharpCompilation.Create(
        "HyperOpt",
        Repository.LibrarySources.Select(source => CSharpSyntaxTree.ParseText(source.Value, Options, source.Key))
            .Prepend(CSharpSyntaxTree.ParseText(ImplicitUsings, Options)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != "HyperOpt.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
