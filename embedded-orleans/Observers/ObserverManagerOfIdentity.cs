using System.Collections;
using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

/// <summary>Observers by identity. One that expired, or that failed to take a notification, is dropped. For use inside one grain.</summary>
public class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver>
    where TIdentity : notnull
    where TObserver : notnull
{
    private readonly Dictionary<TIdentity, Subscription> _observers = [];

    public TimeSpan ExpirationDuration { get; set; } = expiration;

    /// <summary>The clock of expirations; a test replaces it.</summary>
    public Func<DateTime> GetDateTime { get; set; } = static () => TimeProvider.System.GetUtcNow().UtcDateTime;

    public int Count => _observers.Count;

    public void Clear() => _observers.Clear();

    /// <summary>Adds or renews.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _observers[id] = new(observer, GetDateTime());

    public void Unsubscribe(TIdentity id)
    {
        if (_observers.Remove(id)) log.ObserverLeft(id);
    }

    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception error)
            {
                Drop(id, error);
            }
        }
    }

    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Live(predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception error)
            {
                Drop(id, error);
            }
        }
    }

    public void ClearExpired()
    {
        foreach (var (id, _) in _observers.Where(entry => IsExpired(entry.Value)).ToList()) Unsubscribe(id);
    }

    public IEnumerator<TObserver> GetEnumerator() => _observers.Values.Select(subscription => subscription.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<(TIdentity Id, TObserver Observer)> Live(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return _observers
            .Where(entry => predicate?.Invoke(entry.Value.Observer) ?? true)
            .Select(entry => (entry.Key, entry.Value.Observer))
            .ToList();
    }

    private void Drop(TIdentity id, Exception error)
    {
        log.ObserverFailed(error, id);
        _observers.Remove(id);
    }

    private bool IsExpired(Subscription subscription) => GetDateTime() - subscription.LastSeen > ExpirationDuration;

    private sealed record Subscription(TObserver Observer, DateTime LastSeen);
}
