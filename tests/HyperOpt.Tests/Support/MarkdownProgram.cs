using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HyperOpt.Tests.Support;

/// <summary>
/// The C# of a page of documentation as one program: its blocks one after the other, so that a later one may use what an earlier one
/// declared. What a reader need not see stands in a comment that begins with <c>&lt;!-- csharp</c>.
/// </summary>
internal static partial class MarkdownProgram
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static bool HasCode(string markdown) => Block().IsMatch(markdown);

    public static CSharpCompilation Compile(string markdown) => CSharpCompilation.Create(
        "Documentation",
        [CSharpSyntaxTree.ParseText(ImplicitUsings, Options), CSharpSyntaxTree.ParseText(SourceOf(markdown), Options)],
        References,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    public static void Run(CSharpCompilation program)
    {
        using var image = new MemoryStream();
        if (!program.Emit(image).Success)
        {
            throw new InvalidOperationException("Only a program that compiles can run.");
        }

        Assembly.Load(image.ToArray()).EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
    }

    // Of a file the compiler wants the using lines first and the types last.
    private static string SourceOf(string markdown)
    {
        var blocks = Block().Matches(markdown)
            .Select(match => CSharpSyntaxTree.ParseText(match.Groups["code"].Value, Options).GetCompilationUnitRoot())
            .ToArray();
        var members = blocks.SelectMany(block => block.Members).ToLookup(member => member is GlobalStatementSyntax);
        IEnumerable<SyntaxNode> parts = [.. blocks.SelectMany(block => block.Usings), .. members[true], .. members[false]];
        return string.Concat(parts.Select(part => part.ToFullString()));
    }

    [GeneratedRegex(@"^(```csharp\n(?<code>.*?)^```|<!-- csharp\n(?<code>.*?)^-->)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
