using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary><c>trader exchange</c> as a user runs it.</summary>
public sealed class ExchangeCommandTests : IDisposable
{
    private const string Listens = "The exchange to rehearse at listens on ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    public static TheoryData<string[], string> WrongArguments => new()
    {
        { ["--data", "nowhere"], "error: There is no folder nowhere to read candles from; fill one with 'trader download', or put files of https://data.binance.vision (spot, klines, unzipped) into one, and name it." },
        { ["--data", ".", "--interval", "1m"], "error: No candles at 1m in .; there are no files named like BTCUSDT-1h.csv or BTCUSDT-1h.csv.gz." },
        { ["--data", "bars", "--symbols", "NONE"], "error: No candles for NONE at 1m in bars; there are BTCUSDT." },
        { ["--data", "bars", "--from", "2030-01-01"], "error: The bars cannot begin at 2030-01-01 00:00; the candles reach from 2023-01-01 00:00 to 2023-01-01 00:04." },
        { ["--from", "2023-01-01"], "error: --from is of recorded candles, and no folder is named; name one with --data, or set the clock with --start." },
        { ["--since", "2023-01-01", "--start", "2023-01-01"], "error: Both --start and --since say what the clock shows; leave one of the two out." },
        { ["--since", "2023-01-01"], "error: --since says when the exchange's clock showed the same as this machine's; without --speed it always does. Name a speed, or leave --since out." },
        { ["--settings", """{"ExchangeSimulator":{"Assumptions":{"FindsOldestClosed":"often"}}}"""], "error: plan.json, line 1: ExchangeSimulator.Assumptions.FindsOldestClosed must be true or false." },
        { ["--settings", """{"ExchangeSimulator":{"Assumptions":{"CommissionRounding":9}}}"""], "error: plan.json: ExchangeSimulator:Assumptions:CommissionRounding is '9'. The field CommissionRounding is invalid." },
        { ["--address", "https://here"], "error: --address is 'https://here'; it must be an address that begins with http:// and ends with a port, such as http://127.0.0.1:7070." },
        { ["--balance", "USDT"], "error: --balance is 'USDT'; it must be an asset and an amount from 0 to 1000000000000, such as USDT=5000." },
        { ["--balance", "FOO=5", "--symbols", "BTCUSDT,ETHUSDT"], "error: --balance is 'FOO=5'; no symbol of the market has FOO, there are USDT, BTC, ETH." },
        { ["--balance", "USDT=1", "--balance", "usdt=2"], "error: --balance names USDT twice; leave one of the two out." },
        { ["--seed", "1.5"], "error: --seed is '1.5'; it must be a whole number from 0 to 2147483647." },
        { ["--key-file", ""], "error: --key-file is empty; it must be the name of a file." },
        { ["--settings", ""], "error: --settings is empty; it must be the name of a file." },
        { ["--speed", "0"], "error: --speed is '0'; it must be a number from 0.001 to 1000000." },
        { ["--faults", "none.json"], "error: There is no file none.json." },
        { ["--faults", """{"timeoutNever":1}"""], "error: plan.json, line 1: timeoutNever is not a setting; there are Operations, Latency, LatencyMilliseconds, DropBefore, DropAfter, ErrorBefore, ErrorAfter, TimeoutBefore, TimeoutAfter, Overloaded, TooManyRequests, Banned, RetryAfterSeconds, PartialFills, ClockSkewMilliseconds, BalanceLagMilliseconds, Maintenance, Events, Streams." },
        { ["--faults", """{"timeoutAfter":2}"""], "error: plan.json: Faults:TimeoutAfter is '2'. The field TimeoutAfter must be between 0 and 1." },
        { ["--faults", """{"events":{"lost":"often"}}"""], "error: plan.json, line 1: events.lost must be a number." },
        { ["--faults", "{"], "error: plan.json, line 1: this is not JSON." },
        { ["--settings", """{"ExchangeSimulator":{"Assumptions":{"DefaultSelfTrade":"NEVER"}}}"""], "error: plan.json, line 1: ExchangeSimulator.Assumptions.DefaultSelfTrade must be one of None, ExpireTaker, ExpireMaker, ExpireBoth, Decrement, Transfer." },
        { ["--settings", """{"Seed":1}"""], "error: plan.json, line 1: Seed is not a setting; there are ExchangeSimulator." },
        { ["--settings", """{"ExchangeSimulator":{"Filters":{"NOSUCH":{}}}}"""], "error: ExchangeSimulator:Filters:NOSUCH is for a symbol that the market does not have; it has ADAUSDT, BTCUSDT, ETHUSDT, SOLUSDT." },
        { ["--settings", """{"ExchangeSimulator":{"Accounts":[{"Name":"a","Keys":[{"ApiKey":"k"}]}]}}"""], "error: ExchangeSimulator:Accounts:0:Keys:0 must have either a Secret or a PublicKeyPem." },
        { ["--balance", "USDT=1", "--settings", """{"ExchangeSimulator":{"Accounts":[{"Name":"a"}]}}"""], "error: --balance is of the account that is made without a file of settings, and plan.json has accounts; leave one of the two out." },
        { ["--key-file", "bars/BTCUSDT-1m.csv"], "error: bars/BTCUSDT-1m.csv holds no key; it must have the API key in its first line and the secret in its second, of letters and digits." },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task What_is_wrong_is_answered_in_one_sentence(string[] arguments, string expected)
    {
        WriteBars();
        // What is written as JSON stands in a file.
        var json = Array.FindIndex(arguments, argument => argument.StartsWith('{'));
        if (json >= 0)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "plan.json"), arguments[json], TestContext.Current.CancellationToken);
            arguments = [.. arguments[..json], "plan.json", .. arguments[(json + 1)..]];
        }

        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["exchange", .. arguments]);
        Assert.Equal(expected, errors[0]);
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var (exitCode, _, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "exchange", "--address", address);
        Assert.Equal(2, exitCode);
        Assert.Equal($"error: The exchange cannot listen on {address}: another program listens there; name another address with --address.", Assert.Single(errors));
    }

    [Fact]
    public async Task It_trades_over_recorded_candles_with_a_key_that_is_kept_until_it_is_interrupted()
    {
        WriteBars();
        string[] arguments = ["exchange", "--address", "http://127.0.0.1:0", "--data", "bars", "--key-file", "key", "--balance", "usdt=500", "--balance", "BTC=0.5", "--fee-bps", "20"];
        string first;
        using (var exchange = new Running(_folder.FullName, arguments))
        {
            var lines = await exchange.GreetingAsync();
            Assert.Contains("Its market: replay of recorded candles: 1 symbol, 1m, 2023-01-01 to 2023-01-01, folder bars.", lines, StringComparer.Ordinal);
            Assert.Contains("Account rehearsal owns 500 USDT, 0.5 BTC.", lines, StringComparer.Ordinal);
            Assert.Contains($"  a paper account on its prices   dotnet run --project api -- --Market:Source=binance --Binance:RestUrl={exchange.Address}", lines, StringComparer.Ordinal);
            var key = await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "key"), TestContext.Current.CancellationToken);
            first = key[0];
            Assert.DoesNotContain(lines, line => line.Contains(key[1], StringComparison.Ordinal));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, "key")));

            var order = await exchange.SignedAsync(key, HttpMethod.Post, "order", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.1");
            Assert.Equal("FILLED", order.GetProperty("status").GetString());
            var sold = decimal.Parse(order.GetProperty("cummulativeQuoteQty").GetString()!, CultureInfo.InvariantCulture);
            Assert.Equal(sold * 0.002m, decimal.Parse(order.GetProperty("fills")[0].GetProperty("commission").GetString()!, CultureInfo.InvariantCulture));
            Assert.Equal(-1022, (await exchange.SignedAsync([key[0], "another"], HttpMethod.Get, "account", "omitZeroBalances=true")).GetProperty("code").GetInt32());
            Assert.Equal(0, await exchange.InterruptAsync());
        }

        using var again = new Running(_folder.FullName, arguments);
        Assert.Contains($"  API key  {first} (its secret is in key)", await again.GreetingAsync(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Settings_and_faults_of_files_hold_and_a_key_is_made_for_a_run()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "settings.json"), """{"ExchangeSimulator":{"Limits":{"RequestWeight":77},"Start":"2026-01-05T00:00:00Z","Filters":{"BTCUSDT":{"TickSize":0.5}}}}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "plan.json"), """{"timeoutBefore":1,"operations":["order.test"]}""", TestContext.Current.CancellationToken);
        using var exchange = new Running(_folder.FullName, "exchange", "--address", "http://127.0.0.1:0", "--settings", "settings.json", "--faults", "plan.json", "--symbols", "btcusdt", "--speed", "2", "--seed", "3");
        var lines = await exchange.GreetingAsync();
        Assert.Contains("Its market: synthetic market with invented prices: 1 symbol, 1m, seed 3.", lines, StringComparer.Ordinal);
        Assert.StartsWith("Its clock: 2026-01-05 00:00:0", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("2 times as fast as this machine's.", lines[2], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("Its clock is not this machine's: ", StringComparison.Ordinal));
        string[] key = [.. lines.Where(line => line.StartsWith("  API key", StringComparison.Ordinal) || line.StartsWith("  Secret", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1])];

        var info = await exchange.GetAsync("exchangeInfo");
        Assert.Equal(77, info.GetProperty("rateLimits")[0].GetProperty("limit").GetInt32());
        Assert.Equal("0.50000000", info.GetProperty("symbols")[0].GetProperty("filters")[0].GetProperty("tickSize").GetString());
        Assert.Equal("10000.00000000", (await exchange.SignedAsync(key, HttpMethod.Get, "account", "omitZeroBalances=true")).GetProperty("balances")[0].GetProperty("free").GetString());
        Assert.Equal(-1007, (await exchange.SignedAsync(key, HttpMethod.Post, "order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task One_that_listens_everywhere_names_an_address_to_which_a_client_can_connect()
    {
        using var exchange = new Running(_folder.FullName, "exchange", "--address", "http://0.0.0.0:0", "--symbols", "BTCUSDT");
        var lines = await exchange.GreetingAsync();
        Assert.StartsWith("http://0.0.0.0:", exchange.Address, StringComparison.Ordinal);
        Assert.Contains($"  a paper account on its prices   dotnet run --project api -- --Market:Source=binance --Binance:RestUrl={exchange.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)}", lines, StringComparer.Ordinal);
        Assert.DoesNotContain("0.0.0.0", string.Join('\n', lines[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_time_can_be_that_of_the_service()
    {
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        using var exchange = new Running(_folder.FullName, "exchange", "--address", "http://127.0.0.1:0", "--symbols", "BTCUSDT,ETHUSDT", "--speed", "60", "--since", since);
        var lines = await exchange.GreetingAsync();
        Assert.Contains($"  the service in live mode         dotnet run --project api -- --Account:Mode=live --Market:Source=binance --Market:Interval=1m --Market:Symbols=BTCUSDT,ETHUSDT --Binance:RestUrl={exchange.Address} --Binance:SocketUrl={exchange.Address.Replace("http", "ws", StringComparison.Ordinal)}/ws-api/v3 --Binance:StreamUrl={exchange.Address.Replace("http", "ws", StringComparison.Ordinal)} --Rehearsal:Speed=60 --Rehearsal:Since={since}", lines, StringComparer.Ordinal);
        // At least a minute has passed, 59 of which the market is ahead.
        var shown = DateTimeOffset.FromUnixTimeMilliseconds((await exchange.GetAsync("time")).GetProperty("serverTime").GetInt64());
        Assert.InRange(shown - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(150));
    }

    private void WriteBars()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "bars"));
        var first = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        File.WriteAllLines(
            Path.Combine(_folder.FullName, "bars", "BTCUSDT-1m.csv"),
            ["open_time,open,high,low,close,volume", .. Enumerable.Range(0, 4).Select(bar => string.Create(CultureInfo.InvariantCulture, $"{first + (bar * 60_000L)},100,101,99,100,5000"))]);
    }

    /// <summary>The command as a process, and somebody who asks the exchange by plain HTTP.</summary>
    private sealed class Running(string folder, params string[] arguments) : IDisposable
    {
        private readonly Process _process = Process.Start(ProgramRun.StartInterruptible(ProgramRun.Cli, folder, arguments))!;
        private readonly HttpClient _http = new();

        public string Address { get; private set; } = "";

        /// <summary>All that it says before it waits.</summary>
        public async Task<List<string>> GreetingAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            var lines = new List<string>();
            while (lines is not [.., "Ctrl+C closes it."])
                lines.Add(await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(patience.Token)));
            Assert.StartsWith(Listens, lines[0], StringComparison.Ordinal);
            Address = lines[0][Listens.Length..^1];
            return lines;
        }

        public Task<JsonElement> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Address}/api/v3/{path}"));

        public async Task<JsonElement> SignedAsync(string[] key, HttpMethod method, string path, string query)
        {
            var time = (await GetAsync("time")).GetProperty("serverTime").GetInt64();
            var payload = string.Create(CultureInfo.InvariantCulture, $"{query}&timestamp={time}");
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key[1]), Encoding.UTF8.GetBytes(payload)));
            return await SendAsync(new HttpRequestMessage(method, $"{Address}/api/v3/{path}?{payload}&signature={signature}") { Headers = { { "X-MBX-APIKEY", key[0] } } });
        }

        /// <summary>Ctrl+C; gives the exit code.</summary>
        public async Task<int> InterruptAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            using (var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(patience.Token);
            Assert.Equal("The exchange is closed.", (await _process.StandardOutput.ReadToEndAsync(patience.Token)).Trim());
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.Dispose();
            _http.Dispose();
        }

        private async Task<JsonElement> SendAsync(HttpRequestMessage request)
        {
            using (request)
            using (var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken))
                return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        }
    }
}
