using Orleans;

namespace OrleansTrader.Bench.Calls;

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _sum;

    public ValueTask<int> AddAsync(int number) => ValueTask.FromResult(_sum += number);

    public async Task<int> AddToAsync(ICounterGrain other, int times)
    {
        var last = 0;
        for (var i = 0; i < times; i++) last = await other.AddAsync(1);
        return last;
    }
}
