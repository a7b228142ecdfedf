using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader secrets</c> and <c>trader journal</c> as a person runs them.</summary>
public sealed class StateCommandsTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    [Fact]
    public async Task A_secret_is_set_listed_and_sealed_anew_and_stands_in_no_output()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "value"), "the-hidden-value\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "new.key"), Convert.ToBase64String(new byte[32]));
        Assert.Equal((0, "binance.key is set."), await RunAsync(Passphrase, "secrets set binance.key < value"));
        Assert.StartsWith("binance.key ", (await RunAsync(Passphrase, "secrets list")).Said, StringComparison.Ordinal);
        Assert.Equal((2, "error: The key does not open state/secrets.json: it is another one than that with which it was sealed; nothing was changed."), await RunAsync("another horse battery", "secrets list"));
        Assert.Equal((0, "All secrets are sealed with the new key."), await RunAsync(Passphrase, "secrets rotate --new-key-file new.key"));
        Assert.StartsWith("binance.key ", (await RunAsync("", "secrets list --key-file new.key")).Said, StringComparison.Ordinal);
        Assert.Equal((2, "error: There is no terminal to ask for the key or passphrase; give a file with --key-file, or set TRADER_KEY."), await RunAsync("", "secrets list < /dev/null"));
        Assert.Equal((0, "binance.key is removed."), await RunAsync("", "secrets remove binance.key --key-file new.key"));
    }

    [Fact]
    public async Task A_journal_of_the_service_is_whole_until_one_digit_in_it_is_changed()
    {
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic", "--Market:Speed=200", "--Account:Strategy=sma-cross"))
        {
            using var client = new HttpClient();
            while (!(await client.GetStringAsync(new Uri($"{service.Url}/api/v1/decisions?kind=left"), TestContext.Current.CancellationToken)).Contains("left", StringComparison.Ordinal))
            {
                // Each request is the pause.
            }

            Assert.Matches(@"^\S+ is whole: \d+ facts? in \d+ turns?, \d+ bytes", (await RunAsync("", "journal verify")).Said);
            await service.KillAsync();
        }

        Assert.Equal(0, (await RunAsync("", "journal verify")).ExitCode);
        var (rebuilt, told) = await RunAsync("", "journal rebuild");
        Assert.Matches(@"^\S+: \d+ facts? gives? cash of [\d.]+, \d+ positions? held and \d+ orders? open\.\s+(There is no snapshot to compare it with|The snapshot, which was taken after fact \d+, says the same)\.$", told);
        Assert.Equal(0, rebuilt);
        var journal = Directory.GetFiles(Path.Combine(_folder.FullName, "state", "journal"), "paper-*.journal").Single();
        var bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);
        var (exitCode, said) = await RunAsync("", "journal verify --account paper-synthetic");
        Assert.Equal(1, exitCode);
        Assert.Matches("^error: The journal .+ is damaged at byte [0-9]+: .+; nothing was changed, restore it from a backup.$", said);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int ExitCode, string Said)> RunAsync(string key, string command)
    {
        var start = new System.Diagnostics.ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        start.Environment["TRADER_KEY"] = key;
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"dotnet '{ProgramRun.Cli}' {command}");
        using var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = $"{await output}{await errors}".Trim();
        Assert.DoesNotContain("the-hidden-value", said, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", said, StringComparison.Ordinal);
        return (process.ExitCode, said);
    }
}
