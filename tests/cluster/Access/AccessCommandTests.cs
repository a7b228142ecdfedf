using System.Diagnostics;
using System.Net;
using OrleansTrader.Cluster.Tests.Service;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary><c>trader access</c> as a person runs it, and what a running service makes of it.</summary>
public sealed class AccessCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_password_ends_every_login_and_a_deleted_file_opens_no_door()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        using var visitor = new Visitor(new Uri(service.Url), "127.0.0.1");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor));
        Assert.Equal((0, $"The password is set in {Path.Combine(_folder.FullName, "state", "access.json")}; a service whose state is there asks for it from now on.", ""), await RunAsync("the password of a test\n", "access", "password"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(visitor));
        var cookie = (await visitor.LoginAsync("the password of a test"))!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, ("Cookie", cookie)));

        var (_, token, _) = await RunAsync("", "access", "token", "create", "report", "--scope", "read");
        Assert.Matches("^trader_[A-Za-z0-9_-]{43}$", token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, ("Authorization", $"Bearer {token}")));
        var (_, list, _) = await RunAsync("", "access", "token", "list");
        Assert.Matches("^report +read +created [0-9: -]+ UTC$", list);
        Assert.Equal((0, "report is revoked.", ""), await RunAsync("", "access", "token", "revoke", "report"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(visitor, ("Authorization", $"Bearer {token}")));

        await RunAsync("another password of a test\n", "access", "password");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(visitor, ("Cookie", cookie)));

        // Who deletes the file does not open the door of a running service.
        foreach (var file in _folder.GetFiles("access.json*", SearchOption.AllDirectories)) file.Delete();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(visitor));
    }

    [Theory]
    [InlineData("too short\n", "error: The password has 9 characters; it must have from 12 to 1024.", "password")]
    [InlineData("", "error: The password has 0 characters; it must have from 12 to 1024.", "password")]
    [InlineData("the password of a test\nand another line\n", "error: There is more than one line of input; give one line and nothing else.", "password")]
    [InlineData("", "error: There is no token report; 'trader access token list' shows what there is.", "token", "revoke", "report")]
    [InlineData("", "error: 'A token' is no name of a token; use 1 to 64 lower-case letters, digits, '-' and '.', the first a letter.", "token", "create", "A token", "--scope", "read")]
    public async Task What_cannot_be_set_is_answered_in_one_sentence(string input, string expected, params string[] command) =>
        Assert.Equal((2, "", expected), await RunAsync(input, ["access", .. command]));

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0", "which others could reach in the clear", "the password of a test")]
    [InlineData("--urls=https://0.0.0.0:0 --Access:Certificate=nowhere.pem", "Access:Hosts is empty", "the password of a test")]
    public async Task With_a_password_it_still_does_not_start_in_the_clear_or_by_any_name(string settings, string expected, string password)
    {
        await RunAsync(password + "\n", "access", "password");
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, ["--Market:Source=synthetic", .. settings.Split(' ')]);
        Assert.Contains(expected, Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task The_state_is_where_the_settings_of_the_service_say()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "trader.json"), """{ "State": { "Folder": "elsewhere" } }""", Cancellation);
        await RunAsync("the password of a test\n", "access", "password");
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "elsewhere", "access.json")));
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0", "which others could reach, and nobody would have to log in")]
    [InlineData("--Access:KnownProxies=127.0.0.1", "Access:KnownProxies is set, so that others reach this service, and nobody would have to log in")]
    [InlineData("--Access:KnownProxies=nginx", "Access:KnownProxies has 'nginx'")]
    [InlineData("--Access:KnownProxies=0.0.0.0/0", "by which everybody would be believed")]
    [InlineData("--urls=https://127.0.0.1:0", "no certificate is set")]
    [InlineData("--urls=https://127.0.0.1:0 --Access:Certificate=nowhere.pem", "Access:Certificate is 'nowhere.pem', which cannot be used")]
    public async Task What_would_let_others_in_stops_the_start_in_one_sentence(string settings, string expected)
    {
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, ["--Market:Source=synthetic", .. settings.Split(' ')]);
        Assert.Contains(expected, Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<HttpStatusCode> StatusAsync(Visitor visitor, params (string Name, string Value)[] headers)
    {
        using var answer = await visitor.GetAsync("/api/v1/status", headers);
        return answer.StatusCode;
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string input, params string[] command)
    {
        var start = ProgramRun.Start(ProgramRun.Cli, _folder.FullName, command);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        var said = (await errors).Trim();
        return (process.ExitCode, (await output).Trim(), said.StartsWith("Keep it", StringComparison.Ordinal) ? "" : said);
    }
}
