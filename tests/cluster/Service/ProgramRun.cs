using System.Diagnostics;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>A program of this solution as a process of its own that comes to its end by itself.</summary>
internal static class ProgramRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string Api { get; } = PathOf("api", "OrleansTrader.Api.dll");

    public static string Cli { get; } = PathOf("cli", "OrleansTrader.Cli.dll");

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Api, "..", "..", "..", "..", "..", ".."));

    /// <summary>Runs it in a folder; gives the exit code and the lines that are not empty.</summary>
    public static Task<(int ExitCode, string[] Output, string[] Errors)> ToEndAsync(string program, string folder, params string[] arguments) =>
        ToEndAsync(program, folder, arguments, environment: []);

    /// <param name="environment">Names and values beside those that this process has.</param>
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> ToEndAsync(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = Start(program, folder, arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, Lines(await output), Lines(await errors));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public static ProcessStartInfo Start(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[program, .. arguments]) start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>The same, to be interrupted: where this process was started to ignore that, its children would ignore it as well.</summary>
    public static ProcessStartInfo StartInterruptible(string program, string folder, IEnumerable<string> arguments)
    {
        var start = Start(program, folder, arguments);
        start.FileName = "env";
        start.ArgumentList.Insert(0, "--default-signal=INT");
        start.ArgumentList.Insert(1, "dotnet");
        return start;
    }

    private static string[] Lines(string text) => text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The arguments of <c>dotnet run</c> for a project as it was built for this test.</summary>
    public static string[] DotnetRun(string project)
    {
        // root/tests/cluster/bin/runtime/configuration/framework
        string[] built = [.. AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)];
        return ["--no-build", $"-p:GrainRuntime={built[^3]}", "-c", built[^2], "--project", Path.Combine(Root, project)];
    }

    /// <summary>The program where it was built: only there does the service find its page.</summary>
    private static string PathOf(string project, string file)
    {
        var parts = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar);
        var tests = Array.LastIndexOf(parts, "tests");
        return Path.Combine([.. parts[..tests].Select(part => part.Length == 0 ? "/" : part), project, .. parts[(tests + 2)..], file]);
    }
}
