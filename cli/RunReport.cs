using System.Globalization;
using System.Text.Json;
using OrleansTrader.Core.Accounts;
using Spectre.Console;

namespace OrleansTrader.Cli;

/// <summary>What a replay or backtest ended with, as a table or as JSON.</summary>
internal sealed record RunReport(IReadOnlyList<KeyValuePair<string, PortfolioFigures>> Symbols, PortfolioFigures Total, string OrderHash, TimeSpan Took)
{
    private const int WidthInFiles = 120;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task WriteAsync(bool asJson)
    {
        var speed = string.Create(CultureInfo.InvariantCulture, $"{Total.Bars} bars in {Took.TotalSeconds:0.00} s, {Total.Bars / Took.TotalSeconds:0} bars/s");
        if (asJson)
        {
            var symbols = Symbols.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            Console.Out.WriteLine(JsonSerializer.Serialize(new { symbols, total = Total, orderHash = OrderHash }, Json));
            await Console.Error.WriteLineAsync(speed);
            return;
        }

        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthInFiles;
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (name, isLeft) in new[] { ("symbol", true), ("bars", false), ("trades", false), ("win rate", false), ("fees", false), ("realised", false), ("open", false), ("equity", false), ("max drawdown", false) })
            table.AddColumn(new TableColumn(name).Alignment(isLeft ? Justify.Left : Justify.Right));
        foreach (var (symbol, figures) in Symbols) table.AddRow(RowOf(symbol, figures));
        table.AddEmptyRow();
        table.AddRow(RowOf("total", Total));
        AnsiConsole.Write(table);
        Console.Out.WriteLine($"orders and fills: sha256 {OrderHash}");
        Console.Out.WriteLine(speed);
    }

    private static string[] RowOf(string name, PortfolioFigures figures) =>
    [
        name,
        Text($"{figures.Bars}"),
        Text($"{figures.Trades}"),
        Text($"{figures.WinRate:P1}"),
        Text($"{figures.Fees:0.00}"),
        Text($"{figures.RealisedPnl:+0.00;-0.00;0.00}"),
        Text($"{figures.OpenPnl:+0.00;-0.00;0.00}"),
        Text($"{figures.Equity:0.00}"),
        Text($"{figures.MaxDrawdown:P1}"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
