using OrleansTrader.Core.Accounts;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class CommandTests
{
    [Fact]
    public void What_somebody_asked_is_a_fact_and_changes_nothing_else()
    {
        var trader = new Trader();
        var before = trader.State.Copy();
        var command = new AccountCommand("token nightly", "10.0.0.7", "POST /api/v1/pause");

        CommandBook.Note(trader.Account, command, Build.Start);

        var fact = trader.Account.Facts[^1];
        Assert.Equal((FactKind.CommandGiven, command, Build.Start), (fact.Kind, fact.Command, fact.Time));
        Assert.Equal("token nightly from 10.0.0.7: POST /api/v1/pause.", command.Describe());
        Assert.Empty(trader.Account.Requests.ToArray());
        Assert.Equal((before.Sequence + 1, before.Cash, before.Run, before.StepTime), (trader.State.Sequence, trader.State.Cash, trader.State.Run, trader.State.StepTime));
    }
}
