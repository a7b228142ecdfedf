namespace OrleansTrader.Core.Accounts.Performance;

/// <summary>Over what results are summed.</summary>
public enum PeriodLength : byte
{
    Day,
    Week,
    Month,
}
