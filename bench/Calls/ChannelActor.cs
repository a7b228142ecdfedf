using System.Threading.Channels;

namespace OrleansTrader.Bench.Calls;

/// <summary>What one writes without a runtime: a loop over a channel that answers through completion sources. The peer of a grain.</summary>
internal sealed class ChannelActor
{
    private readonly Channel<(int Number, TaskCompletionSource<int> Answer)> _inbox =
        Channel.CreateUnbounded<(int Number, TaskCompletionSource<int> Answer)>(new UnboundedChannelOptions { SingleReader = true });

    private int _sum;

    public ChannelActor() => _ = RunAsync();

    public Task<int> AddAsync(int number)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Writer.TryWrite((number, answer));
        return answer.Task;
    }

    public void Stop() => _inbox.Writer.Complete();

    private async Task RunAsync()
    {
        await Task.Yield();
        await foreach (var (number, answer) in _inbox.Reader.ReadAllAsync()) answer.SetResult(_sum += number);
    }
}
