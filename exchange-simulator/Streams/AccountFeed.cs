using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>What a report of an order tells.</summary>
internal enum ExecutionKind
{
    New,
    Canceled,
    Trade,
    Expired,
    Replaced,
    TradePrevention,
}

/// <summary>Tells the accounts what happens to their orders and balances, as it happens.</summary>
internal sealed class AccountFeed(ExchangeTime time, OrderRegister register)
{
    /// <summary>Takes what an account is told, and whether it is the state of a list: the event's fields are written for each listener in its own unit of time.</summary>
    public Action<Account, Action<Wire>, bool>? Told { get; set; }

    public void Report(Order order, ExecutionKind kind, Fill? fill = null, PreventedMatch? prevented = null)
    {
        var execution = kind == ExecutionKind.Replaced ? order.Amendments[^1].Execution : register.NextExecution();
        Tell(order.Account, wire => ExecutionReportJson.Write(wire, order, kind, fill, prevented, execution, time.Now));
    }

    /// <summary>Tells each of these accounts of the balances that may have changed.</summary>
    public void Positions(IEnumerable<Account> accounts)
    {
        foreach (var account in accounts)
        {
            if (account.TakeTouched() is not { Count: > 0 } assets) continue;
            account.History.Keep(time.Now, account.Balances);
            Tell(account, wire =>
            {
                wire.Text("e", "outboundAccountPosition");
                wire.Time("E", time.Now);
                wire.Time("u", time.Now);
                wire.OpenList("B");
                foreach (var asset in assets)
                {
                    wire.Open();
                    wire.Text("a", asset);
                    wire.Amount("f", account.Of(asset).Free);
                    wire.Amount("l", account.Of(asset).Locked);
                    wire.Close();
                }

                wire.CloseList();
            });
        }
    }

    /// <summary>Tells of money that came or went by no order.</summary>
    public void Moved(Account account, string asset, decimal amount) => Tell(account, wire =>
    {
        wire.Text("e", "balanceUpdate");
        wire.Time("E", time.Now);
        wire.Text("a", asset);
        wire.Amount("d", amount);
        wire.Time("T", time.Now);
    });

    /// <param name="isUpdate">The id of one of its orders has changed.</param>
    public void Status(OrderList list, bool isUpdate = false) => Told?.Invoke(list.Account, wire => Write(wire, list, isUpdate), true);

    private void Tell(Account account, Action<Wire> write) => Told?.Invoke(account, write, false);

    private void Write(Wire wire, OrderList list, bool isUpdate)
    {
        wire.Text("e", "listStatus");
        wire.Time("E", time.Now);
        wire.Text("s", list.Market.Symbol);
        wire.Number("g", list.Id);
        wire.Text("c", Term<ListKind>.Of(list.Kind));
        wire.Text("l", list.IsDone ? "ALL_DONE" : isUpdate ? "UPDATED" : "EXEC_STARTED");
        wire.Text("L", list.IsDone ? "ALL_DONE" : "EXECUTING");
        wire.Text("r", "NONE");
        wire.Text("C", list.ClientId);
        wire.Time("T", time.Now);
        wire.OpenList("O");
        foreach (var order in list.Orders)
        {
            wire.Open();
            wire.Text("s", order.Market.Symbol);
            wire.Number("i", order.Id);
            wire.Text("c", order.ClientId);
            wire.Close();
        }

        wire.CloseList();
    }
}
