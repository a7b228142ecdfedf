using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>A journal as it was written before there were limits on losses: no memory of limits in its records, no peak, no odds.</summary>
public sealed class OldJournalTests : IDisposable
{
    private const string Lines = """
        f2cac24f 0000000d journal 1 old
        81d706e8 0000026b 1-3 {"FirstSequence":1,"Equity":{"Latest":10000,"Peak":10000},"Marks":[{"Equity":{"Latest":10000,"Peak":10000}}],"Facts":[{"Kind":"AccountOpened","Time":"2023-01-01T00:00:00Z","Run":"Running","Amount":10000,"Market":"replay 1h","Interval":"1h"},{"Kind":"SymbolListed","Time":"2023-01-01T00:00:00Z","Symbol":"BTCUSDT","Rules":{"Symbol":"BTCUSDT","BaseAsset":"BTC","QuoteAsset":"USDT","TickSize":0.01,"StepSize":0.00001,"MinNotional":5}},{"Kind":"TermsChanged","Time":"2023-01-01T00:00:00Z","Terms":"Account:Strategy=trend, Risk:MaxPositionShare=0.25, Risk:MaxOpenPositions=4, Risk:MinNotional=10, Risk:CooldownBars=2"}]}
        adcb472a 0000024e 4-4 {"FirstSequence":4,"StepTime":"2023-01-01T01:00:00Z","Phase":"Decided","Equity":{"Latest":10000,"Peak":10000},"Marks":[{"Close":100,"Equity":{"Latest":10000,"Peak":10000}}],"Facts":[{"Kind":"OrderCreated","Time":"2023-01-01T01:00:00Z","Symbol":"BTCUSDT","OrderId":1,"Amount":2500,"Side":"Buy","Type":"Market","Purpose":"Entry","Stop":90,"Target":120,"Decision":{"Signal":{"Direction":"Long","Confidence":1,"Stop":90,"Target":120},"Price":100,"Votes":[],"Checks":[{"Code":"NotRunning","Value":2,"Limit":2,"Passed":true},{"Code":"Cooldown","Value":2147483647,"Limit":2,"Passed":true}]}}]}
        c138fa81 00000234 5-6 {"FirstSequence":5,"StepTime":"2023-01-01T02:00:00Z","Equity":{"Latest":9997.5,"Peak":10000,"MaxDrawdown":0.00025},"Marks":[{"Close":100,"Equity":{"Latest":9997.5,"Peak":10000,"MaxDrawdown":0.00025}}],"Facts":[{"Kind":"Filled","Time":"2023-01-01T01:00:00Z","Symbol":"BTCUSDT","OrderId":1,"TradeId":1,"Quantity":24.9,"Price":100,"Fee":2.49,"IsLast":true,"Side":"Buy","Purpose":"Entry"},{"Kind":"OrderCreated","Time":"2023-01-01T01:00:00Z","Symbol":"BTCUSDT","OrderId":2,"Quantity":24.9,"Side":"Sell","Type":"Oco","Purpose":"Protection","Stop":90,"Target":120}]}

        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task An_account_from_before_there_were_limits_goes_on_with_those_of_its_settings()
    {
        _folder.Write("old.journal", Lines.ReplaceLineEndings("\n"));
        using var journal = new FileJournal(new JournalOptions { Folder = _folder.Path, SyncToDisk = false });
        var state = new AccountState { Name = "old" };
        await foreach (var batch in journal.ReadAsync("old", 1, TestContext.Current.CancellationToken))
        {
            Assert.Equal(0, batch.Peak);
            foreach (var fact in batch.Facts) Ledger.Apply(state, in fact);
            batch.Equity.Restore(state.Equity);
            for (var slot = 0; slot < batch.Marks.Length; slot++) batch.Marks[slot].Restore(state.Positions[slot]);
        }

        Assert.Equal((6L, 7_507.51m, 24.9m, 2L), (state.Sequence, state.Cash, state.Positions[0].Quantity, state.Positions[0].ProtectionOrderId));
        Assert.Equal((1, 0, LimitHits.None, 0.0, false), (state.Risk.DayEntries, state.Risk.LossStreak, state.Risk.Hits, state.Risk.Peak, state.Risk.IsKilled));
        Assert.Null(state.Risk.Limits);

        // The first start since writes down the limits that hold from then on; they are watched at once, and count from what there is.
        var account = new Account(state, explains: true);
        var at = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);
        account.BeginTurn();
        account.SetLimits(RiskPresets.Of(RiskPreset.Balanced), LimitsOrigin.Settings, state.StepTime, at);
        Assert.Equal("The settings brought the limits that hold from now on, by the preset Balanced.", Assert.Single(state.Risk.Changes).Describe());
        Assert.Equal((RiskPresets.Of(RiskPreset.Balanced), 9_997.5), (state.Risk.Limits, state.Risk.Peak));
        account.Mark(0, 10);
        account.MarkEquity();
        account.Watch(state.StepTime.AddHours(1));
        Assert.Equal((RunState.Paused, RefusalCode.Drawdown), (state.Run, state.Risk.PausedBy));
    }

    public void Dispose() => _folder.Dispose();
}
