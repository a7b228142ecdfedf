using Orleans;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface INewsObserver : IGrainObserver
{
    void Heard(string news);

    Task HeardAndWaitAsync(string news);
}

public interface INewsGrain : IGrainWithStringKey
{
    Task SubscribeAsync(INewsObserver observer);

    Task TellAsync(string news);

    Task TellAndWaitAsync(string news);
}

public sealed class NewsGrain : Grain, INewsGrain
{
    private INewsObserver? _observer;

    public Task SubscribeAsync(INewsObserver observer)
    {
        _observer = observer;
        return Task.CompletedTask;
    }

    public Task TellAsync(string news)
    {
        _observer!.Heard(news);
        return Task.CompletedTask;
    }

    public Task TellAndWaitAsync(string news) => _observer!.HeardAndWaitAsync(news);
}

public sealed class NewsObserver(Probe probe) : INewsObserver
{
    public void Heard(string news) => probe.Mark(news);

    public async Task HeardAndWaitAsync(string news)
    {
        probe.Mark($"{news} begins");
        await probe.Gate(news);
        probe.Mark($"{news} ends");
    }
}
