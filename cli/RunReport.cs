using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using Spectre.Console;

namespace OrleansTrader.Cli;

/// <summary>What a replay or backtest ended with, as a table or as JSON; the same run gives the same bytes on stdout.</summary>
internal sealed record RunReport(AccountState Account, IReadOnlyList<SymbolTape> Tapes, RunRecord Record, TimeSpan Took)
{
    private const int WidthInFiles = 120;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private long Bars => Tapes.Sum(tape => (long)tape.Candles.Length);

    public async Task WriteAsync(bool asJson)
    {
        if (asJson) WriteJson();
        else WriteTable();
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(Bars, "bar")} in {Took.TotalSeconds:0.00} s, {Bars / Took.TotalSeconds:0} bars/s"));
    }

    private void WriteJson()
    {
        var symbols = new JsonObject();
        foreach (var tape in Tapes) symbols.Add(tape.Rules.Symbol, ObjectOf(tape.Candles.Length, FiguresOf(tape)));
        var report = new JsonObject { ["symbols"] = symbols, ["total"] = ObjectOf(Bars, PortfolioFigures.Of(Account)), ["exits"] = ExitsAsJson(), ["regimes"] = RegimesAsJson(), ["refusals"] = JsonSerializer.SerializeToNode(Record.Refusals), ["limits"] = new JsonArray([.. Record.Limits.Select(limit => JsonNode.Parse(JsonSerializer.Serialize(new { time = limit.Time, text = limit.Text })))]), ["orderHash"] = Record.Orders.ToString() };
        Console.Out.WriteLine(report.ToJsonString(Json));
    }

    private void WriteTable()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthInFiles;
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (name, isLeft) in new[] { ("symbol", true), ("bars", false), ("trades", false), ("win rate", false), ("fees", false), ("realised", false), ("open", false), ("equity", false), ("max drawdown", false) })
            table.AddColumn(new TableColumn(name).Alignment(isLeft ? Justify.Left : Justify.Right));
        foreach (var tape in Tapes) table.AddRow(RowOf(tape.Rules.Symbol, tape.Candles.Length, FiguresOf(tape)));
        table.AddEmptyRow();
        table.AddRow(RowOf("total", Bars, PortfolioFigures.Of(Account)));
        AnsiConsole.Write(table);
        foreach (var (exit, results) in Record.Performance.ByExit)
            Console.Out.WriteLine(Text($"left by {exit,-14} {TradesOf(results.Trades)}, {results.WinRate:P1} won, {results.Pnl:+0.00;-0.00;0.00}"));
        foreach (var (regime, results) in Record.Performance.ByRegime)
            Console.Out.WriteLine(Text($"bought {regime,-15} {TradesOf(results.Trades)}, {results.WinRate:P1} won, {results.Pnl:+0.00;-0.00;0.00}"));
        foreach (var (regime, counts) in Record.Regimes.Regimes)
            Console.Out.WriteLine(Text($"decided {regime.Describe(),-14} bought {counts.Bought}, left {counts.Left}, refused {counts.Refused}"));
        if (Record.Refusals.Count > 0) Console.Out.WriteLine($"refused by {string.Join(", ", Record.Refusals.Select(refusal => Text($"{refusal.Key} {refusal.Value}")))}");
        foreach (var (time, text) in Record.Limits) Console.Out.WriteLine(Text($"limit on {time:yyyy-MM-dd HH:mm}: {text}"));
        if (Account.Run != Core.Risk.RunState.Running) Console.Out.WriteLine($"at the end the account was {Account.Run.ToString().ToLowerInvariant()}{(Account.Risk.PausedBy == Core.Risk.RefusalCode.None ? "" : $" by its limit {Account.Risk.PausedBy}")}: nothing was bought any more");
        Console.Out.WriteLine($"orders and fills: sha256 {Record.Orders}");
    }

    private JsonObject ExitsAsJson()
    {
        var exits = new JsonObject();
        foreach (var (exit, results) in Record.Performance.ByExit) exits.Add(exit, new JsonObject { ["trades"] = results.Trades, ["wins"] = results.Wins, ["pnl"] = results.Pnl });
        return exits;
    }

    private JsonObject RegimesAsJson()
    {
        var decisions = new JsonObject();
        foreach (var (regime, counts) in Record.Regimes.Regimes) decisions.Add(regime.Describe(), JsonSerializer.SerializeToNode(counts, Json));
        return new JsonObject { ["rules"] = Record.Regimes.Rules, ["decisions"] = decisions };
    }

    private PortfolioFigures FiguresOf(SymbolTape tape) => PortfolioFigures.Of(Account.Positions[Ledger.SlotOf(Account, tape.Rules.Symbol)], Account.StartCash);

    private static JsonObject ObjectOf(long bars, PortfolioFigures figures)
    {
        var json = JsonSerializer.SerializeToNode(figures, Json)!.AsObject();
        json.Insert(0, "bars", bars);
        return json;
    }

    private static string[] RowOf(string name, long bars, PortfolioFigures figures) =>
    [
        name,
        Text($"{bars}"),
        Text($"{figures.Trades}"),
        Text($"{figures.WinRate:P1}"),
        Text($"{figures.Fees:0.00}"),
        Text($"{figures.RealisedPnl:+0.00;-0.00;0.00}"),
        Text($"{figures.OpenPnl:+0.00;-0.00;0.00}"),
        Text($"{figures.Equity:0.00}"),
        Text($"{figures.MaxDrawdown:P1}"),
    ];

    private static string TradesOf(int count) => Counted.Of(count, "trade");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
