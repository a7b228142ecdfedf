using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>What an account pays, as the exchange writes it.</summary>
internal static class CommissionJson
{
    public static void ForSymbol(Wire wire, AccountOptions account, string symbol)
    {
        wire.Text("symbol", symbol);
        Rates(wire, "standardCommission", account.Standard);
        Rates(wire, "specialCommission", account.Special);
        Rates(wire, "taxCommission", account.Tax);
        Discount(wire, account);
    }

    /// <summary>For one order, what buyer or seller pays added in.</summary>
    public static void ForOrder(Wire wire, AccountOptions account, OrderSide side)
    {
        Sums(wire, "standardCommissionForOrder", account.Standard, side);
        Sums(wire, "specialCommissionForOrder", account.Special, side);
        Sums(wire, "taxCommissionForOrder", account.Tax, side);
        Discount(wire, account);
    }

    public static void Rates(Wire wire, string name, FeeRates rates)
    {
        wire.Open(name);
        wire.Amount("maker", rates.Maker);
        wire.Amount("taker", rates.Taker);
        wire.Amount("buyer", rates.Buyer);
        wire.Amount("seller", rates.Seller);
        wire.Close();
    }

    private static void Sums(Wire wire, string name, FeeRates rates, OrderSide side)
    {
        var own = side == OrderSide.Buy ? rates.Buyer : rates.Seller;
        wire.Open(name);
        wire.Amount("maker", rates.Maker + own);
        wire.Amount("taker", rates.Taker + own);
        wire.Close();
    }

    private static void Discount(Wire wire, AccountOptions account)
    {
        wire.Open("discount");
        wire.Flag("enabledForAccount", account.PaysWithBnb);
        wire.Flag("enabledForSymbol", value: true);
        wire.Text("discountAsset", "BNB");
        wire.Amount("discount", account.BnbDiscount);
        wire.Close();
    }
}
