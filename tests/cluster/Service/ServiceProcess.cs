using System.Diagnostics;
using System.Threading.Channels;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The service as a process of its own, in a working folder that a test gives it, on a free port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string Announcement = "Dashboard: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private readonly ChannelReader<string> _lines;

    private ServiceProcess(Process process, ChannelReader<string> lines, IReadOnlyList<string> said)
    {
        (_process, _lines) = (process, lines);
        Said = said;
        Url = said[^1][Announcement.Length..];
    }

    /// <summary>The lines until it was up.</summary>
    public IReadOnlyList<string> Said { get; }

    public string Url { get; }

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it says where its dashboard is.</summary>
    public static Task<ServiceProcess> StartAsync(string folder, params string[] settings) => StartAsync(folder, [], settings);

    /// <param name="environment">Names and values beside those that this process has.</param>
    public static async Task<ServiceProcess> StartAsync(string folder, (string Name, string Value)[] environment, params string[] settings)
    {
        var (process, lines) = Launch(folder, environment, ["--urls", "http://127.0.0.1:0", .. settings]);
        using var patience = new CancellationTokenSource(Patience);
        var said = new List<string>();
        try
        {
            while (said.Count == 0 || !said[^1].StartsWith(Announcement, StringComparison.Ordinal)) said.Add(await lines.ReadAsync(patience.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelClosedException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The service did not come up: {string.Join('\n', said)}", error);
        }

        return new ServiceProcess(process, lines, said);
    }

    /// <summary>Starts it with settings that must stop the start; gives the exit code and everything that it said.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines)> RefuseAsync(string folder, params string[] settings)
    {
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, folder, settings);
        return (exitCode, [.. output, .. errors]);
    }

    /// <summary>Waits until it has ended by itself; gives the exit code and what it said since it was up.</summary>
    public async Task<(int ExitCode, IReadOnlyList<string> Lines)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        var lines = new List<string>();
        await foreach (var line in _lines.ReadAllAsync(patience.Token)) lines.Add(line);
        return (_process.ExitCode, lines);
    }

    /// <summary>SIGKILL: the process learns nothing of it.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static (Process Process, ChannelReader<string> Lines) Launch(string folder, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = ProgramRun.Start(ProgramRun.Api, folder, arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var lines = Channel.CreateUnbounded<string>();
        var open = 2;
        DataReceivedEventHandler take = (_, line) =>
        {
            if (line.Data is { } text) lines.Writer.TryWrite(text);
            else if (Interlocked.Decrement(ref open) == 0) lines.Writer.Complete();
        };
        process.OutputDataReceived += take;
        process.ErrorDataReceived += take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, lines.Reader);
    }
}
