using OrleansTrader.Api.Security;
using OrleansTrader.Cluster.Tests.GrainRuntime;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>How long a login lasts.</summary>
public class SessionsTests
{
    private static readonly PasswordHash Password = new(600_000, new byte[32], new byte[64]);
    private readonly ManualTime _clock = new();
    private readonly Sessions _sessions;

    public SessionsTests() => _sessions = new Sessions(_clock, new AccessSettings { SessionMinutes = 30 });

    [Fact]
    public void A_session_ends_by_its_time_by_a_logout_and_by_another_password()
    {
        var (first, second) = (_sessions.Begin(Password), _sessions.Begin(Password));
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.True(_sessions.IsOpen(first, Password));
        Assert.False(_sessions.IsOpen(first, null));
        Assert.False(_sessions.IsOpen(first, Password with { Hash = [.. Enumerable.Repeat((byte)1, 64)] }));
        _sessions.End(second);
        Assert.False(_sessions.IsOpen(second, Password));
        _clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.True(_sessions.IsOpen(first, Password));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(_sessions.IsOpen(first, Password));
    }

    [Fact]
    public void Of_more_than_a_hundred_sessions_the_oldest_ends()
    {
        var ids = Enumerable.Range(0, 101).Select(_ => Begin()).ToList();
        Assert.False(_sessions.IsOpen(ids[0], Password));
        Assert.All(ids.Skip(1), id => Assert.True(_sessions.IsOpen(id, Password)));

        string Begin()
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _sessions.Begin(Password);
        }
    }
}
