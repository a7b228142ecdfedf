using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>A service whose state folder is a disk of its own, small enough to be filled.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Account = "paper-synthetic";
    private const int MiB = 8;

    private static readonly string[] Settings = ["--Market:Source=synthetic", "--Market:Speed=50", "--Account:Strategy=sma-cross", "--Account:Cash=100000"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _client = new();
    private readonly StateLayout _state;
    private bool _isMounted;

    public FullDiskTests()
    {
        _state = new StateLayout(Path.Combine(_folder.FullName, "state"));
        Directory.CreateDirectory(_state.Folder);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Filler => Path.Combine(_state.Folder, "filler");

    public void Dispose()
    {
        _client.Dispose();
        if (_isMounted) _ = Run("umount", _state.Folder);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_costs_nothing_acknowledged_and_is_gone_on_from_and_one_that_cannot_be_written_stops_the_start()
    {
        Mount();
        var paid = new List<decimal>();
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, Settings))
        {
            var next = 1;
            Assert.True(await PayAsync(service, next, paid));
            await FillAsync();
            // The end of a file has some room yet.
            while (await PayAsync(service, ++next, paid)) Assert.True(next < 1_000, "the disk takes everything");
            await UntilAsync(service, portfolio => portfolio.GetProperty("obstacle").GetString() is { } obstacle && obstacle.StartsWith($"{Account}.journal cannot be written in the state folder {_state.Journal}: No space left on device", StringComparison.Ordinal));
            // What is there is read all the while.
            Assert.NotEmpty((await _client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/journal?limit=1"), Cancellation)).GetProperty("items").EnumerateArray());

            File.Delete(Filler);
            var patience = Stopwatch.StartNew();
            while (!await PayAsync(service, ++next, paid)) Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "the account does not come back");
            await UntilAsync(service, portfolio => portfolio.GetProperty("obstacle").ValueKind == JsonValueKind.Null);
            await service.KillAsync();
        }

        var inspection = new JournalInspection(_state.Journal);
        inspection.Verify(Account, Cancellation);
        // Each payment that was acknowledged is there once, and none that was refused.
        Assert.Equal(paid, inspection.Read(Account, Cancellation).SelectMany(batch => batch.Facts).Where(fact => fact.Kind == FactKind.FundsMoved).Select(fact => fact.Amount));
        Assert.Equal(0, (await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "journal", "rebuild")).ExitCode);

        Assert.Equal(0, Run("mount", "-o", "remount,ro", _state.Folder));
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, [.. Settings, "--urls=http://127.0.0.1:0"]);
        Assert.Equal(2, exitCode);
        Assert.Matches("^error: .+ cannot be written in the state folder .+: Read-only file system.*; make the folder writable, free space there, or set another one\\.$", Assert.Single(lines));
    }

    /// <summary>Skips the test where nothing can be mounted.</summary>
    private void Mount()
    {
        _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={MiB}m", "tmpfs", _state.Folder) == 0;
        if (!_isMounted) Assert.Skip("a small disk can be mounted by root on Linux only");
    }

    private async Task FillAsync()
    {
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4_096];
        var full = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var written = 0; written <= MiB << 20; written += page.Length) await filler.WriteAsync(page, Cancellation);
        });
        Assert.Contains("No space left on device", full.Message, StringComparison.Ordinal);
    }

    private async Task<bool> PayAsync(ServiceProcess service, int cents, List<decimal> paid)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri($"{service.Url}/api/v1/funds/deposit"), new { amount = cents / 100m }, Cancellation);
        if (answer.IsSuccessStatusCode) paid.Add(cents / 100m);
        return answer.IsSuccessStatusCode;
    }

    private async Task UntilAsync(ServiceProcess service, Predicate<JsonElement> isReached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await _client.GetAsync(new Uri($"{service.Url}/api/v1/portfolio"), patience.Token);
            if (answer.IsSuccessStatusCode && isReached(await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token))) return;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
