using System.Reflection;
using System.Text.RegularExpressions;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>Finds the strategy in what a file was compiled to, and looks whether what it says of itself makes sense.</summary>
internal static partial class StrategyReader
{
    private const string Entry = nameof(Entry);

    public static StrategyFile Read(StrategySource source, Assembly assembly)
    {
        try
        {
            Type[] classes = [.. assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IStrategy).IsAssignableFrom(type))];
            if (classes.Length == 0) return StrategyFile.Refused(source, $"{source.Name} has no strategy; it must have a class that derives from BarStrategy or implements IStrategy.");
            if (classes.Length > 1) return StrategyFile.Refused(source, $"{source.Name} has {string.Join(" and ", classes.Select(type => type.Name))}; a file has one strategy.");
            if (classes[0].GetProperty(Entry, BindingFlags.Static | BindingFlags.Public)?.GetValue(obj: null) is not StrategyEntry entry)
                return StrategyFile.Refused(source, $"{source.Name}: {classes[0].Name} does not say what it is; it must have public static StrategyEntry Entry {{ get; }} = new(name, summary, parameters, values => new {classes[0].Name}(values));");
            if (ProblemsOf(source, entry).ToArray() is { Length: > 0 } problems) return StrategyFile.Refused(source, problems);

            var own = entry with { File = source.Name, Version = source.Version, Create = values => OwnStrategy.Create(source, entry, values) };
            _ = own.Create(own.Defaults);
            return new StrategyFile(source, own, []);
        }
        catch (OwnStrategyException failed)
        {
            return StrategyFile.Refused(source, failed.Message);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            // What is written beside the entry runs when the entry is first looked at.
            var cause = failed;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner) cause = inner;
            return StrategyFile.Refused(source, $"{source.Where(cause)}: the strategy cannot be looked at: {cause.GetType().Name}: {cause.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Why the strategy cannot be used on bars of that length, with its defaults; null when it can.</summary>
    public static string? WhyNot(StrategyEntry entry, Interval interval)
    {
        try
        {
            _ = new SymbolAnalyzer(entry.Create(entry.Defaults), tellsRegime: true, interval);
            return null;
        }
        catch (OwnStrategyException failed)
        {
            return failed.Message;
        }
    }

    private static IEnumerable<string> ProblemsOf(StrategySource source, StrategyEntry entry)
    {
        if (entry.Name is null || !Names().IsMatch(entry.Name))
            yield return $"{source.Name}: its name is '{entry.Name}'; it must be lower-case letters, digits and dashes, the first a letter.";
        if (string.IsNullOrWhiteSpace(entry.Summary)) yield return $"{source.Name}: its summary is empty; say in one sentence what it does.";
        if (entry.Parameters.IsDefault || entry.Create is null || entry.Ordered.IsDefault)
        {
            yield return $"{source.Name}: its entry lacks something; it must name its parameters, [] for none, and how it is created.";
            yield break;
        }

        if (entry.Parameters.Contains(null!))
        {
            yield return $"{source.Name}: a parameter of its entry is nothing yet; Entry must stand below the parameters in the class, since C# makes them in this order.";
            yield break;
        }

        foreach (var parameter in entry.Parameters)
        {
            if (!Parameters().IsMatch(parameter.Name)) yield return $"{source.Name}: a parameter is called '{parameter.Name}'; it must be letters and digits, the first a letter.";
            else if (!(parameter.Min < parameter.Max && parameter.Step > 0 && double.IsFinite(parameter.Max - parameter.Min))) yield return FormattableString.Invariant($"{source.Name}: {parameter.Name} goes from {parameter.Min} to {parameter.Max} in steps of {parameter.Step}, which is no range.");
            else if (!parameter.Allows(parameter.Default)) yield return FormattableString.Invariant($"{source.Name}: {parameter.Name} is {parameter.Default} by default; it takes {parameter.Allowed}.");
        }

        foreach (var twins in entry.Parameters.GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            yield return $"{source.Name}: two parameters are called {twins.Key}.";
        foreach (var (less, more) in entry.Ordered)
            if (!entry.Parameters.Contains(less) || !entry.Parameters.Contains(more))
                yield return $"{source.Name}: {less?.Name} and {more?.Name} are ordered, but not both are among the parameters.";
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Names();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Parameters();
}
