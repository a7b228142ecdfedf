using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>Compiles the owner's strategies against the base library and the core, and nothing else.</summary>
/// <remarks>That keeps mistakes out, not malice: the code runs with all rights of the service.</remarks>
internal static class StrategyCompiler
{
    /// <summary>More errors of one file mostly follow from the first.</summary>
    private const int ErrorsTold = 5;

    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.Linq",
        "OrleansTrader.Core.Indicators", "OrleansTrader.Core.Indicators.Momentum", "OrleansTrader.Core.Indicators.Statistics", "OrleansTrader.Core.Indicators.Timeframes",
        "OrleansTrader.Core.Indicators.Trend", "OrleansTrader.Core.Indicators.Volatility", "OrleansTrader.Core.Indicators.Volume",
        "OrleansTrader.Core.Market", "OrleansTrader.Core.Patterns", "OrleansTrader.Core.Regimes", "OrleansTrader.Core.Strategies",
    ];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    // As for debugging, since else an error would be told with the wrong line; what costs time, the indicators and the account, is in the core.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Debug,
        nullableContextOptions: NullableContextOptions.Enable,
        deterministic: true,
        generalDiagnosticOption: ReportDiagnostic.Default);

    private static readonly SyntaxTree GlobalUsings = CSharpSyntaxTree.ParseText(string.Concat(Usings.Select(name => $"global using {name};")), Language, encoding: Encoding.UTF8);
    private static readonly ImmutableArray<MetadataReference> References = [.. ReferencePaths().Select(path => MetadataReference.CreateFromFile(path))];

    public static StrategyFile Compile(StrategySource source)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), Language, source.Path);
        // The name of the assembly tells versions apart where somebody looks into the process.
        var compilation = CSharpCompilation.Create($"Strategy_{source.Version}", [GlobalUsings, tree], References, Options);
        using var code = new MemoryStream();
        using var lines = new MemoryStream();
        var result = compilation.Emit(code, lines, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success) return StrategyFile.Refused(source, Sentences(source, [.. result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)]));

        code.Position = lines.Position = 0;
        // Unloaded once nobody holds a strategy of it any more.
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        return StrategyReader.Read(source, context.LoadFromStream(code, lines));
    }

    private static IEnumerable<string> Sentences(StrategySource source, Diagnostic[] errors)
    {
        // As they stand in the file: the compiler tells them by its stages, and the first is the one to begin with.
        foreach (var error in errors.OrderBy(error => error.Location.SourceSpan.Start).Take(ErrorsTold))
        {
            var place = error.Location.GetLineSpan().StartLinePosition;
            var text = error.GetMessage(CultureInfo.InvariantCulture).TrimEnd('.');
            yield return string.Create(CultureInfo.InvariantCulture, $"{source.Name}, line {place.Line + 1}, column {place.Character + 1}: {text} ({error.Id}).");
        }

        if (errors.Length > ErrorsTold) yield return string.Create(CultureInfo.InvariantCulture, $"{source.Name} has {Counted.Of(errors.Length - ErrorsTold, "more error", "more errors")}, which may go with the first.");
    }

    /// <summary>The assemblies of the base library, beside the one of the plainest type, and the core.</summary>
    private static IEnumerable<string> ReferencePaths() =>
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged),
        typeof(StrategyEntry).Assembly.Location,
    ];

    // The folder has native libraries too.
    private static bool IsManaged(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return (name.StartsWith("System.", StringComparison.Ordinal) && !name.Contains(".Native", StringComparison.Ordinal)) || name is "netstandard.dll" or "mscorlib.dll";
    }
}
