using System.Globalization;
using OrleansTrader.Api.Security;
using OrleansTrader.Cluster.Tests.GrainRuntime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>How long whoever guesses the password waits.</summary>
public class LoginBackoffTests
{
    private readonly ManualTime _clock = new();
    private readonly LoginBackoff _backoff;

    public LoginBackoffTests() => _backoff = new LoginBackoff(_clock);

    [Fact]
    public void The_wait_of_an_address_doubles_from_four_seconds_to_a_quarter_of_an_hour()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(TimeSpan.Zero, _backoff.Begin("a"));
        // 4, 8, … 512, then 900 instead of 1,024 seconds.
        foreach (var seconds in new[] { 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), _backoff.Begin("a"));
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(TimeSpan.FromTicks(1), _backoff.Begin("a"));
            _clock.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(TimeSpan.Zero, _backoff.Begin("a"));
        }
    }

    [Fact]
    public void The_wait_begins_when_the_check_has_ended()
    {
        for (var i = 0; i < 3; i++) _backoff.Begin("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        _backoff.Fail("a");
        Assert.Equal(TimeSpan.FromSeconds(4), _backoff.Begin("a"));
    }

    [Fact]
    public void A_thousand_addresses_together_guess_no_more_than_once_in_ten_seconds()
    {
        var checkedInAll = 0;
        for (var second = 0; second < 3_600; second++)
        {
            for (var one = 0; one < 10; one++)
                if (_backoff.Begin(((second * 10) + one).ToString(CultureInfo.InvariantCulture)) == TimeSpan.Zero) checkedInAll++;
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // 20 that are free, then after waits of 4, 8 and 10 seconds ever after.
        Assert.InRange(checkedInAll, 20, 20 + 2 + 360);
    }

    [Fact]
    public void An_address_that_has_logged_in_before_is_not_kept_out_by_what_others_do()
    {
        _backoff.Begin("home");
        _backoff.Succeed("home");
        for (var i = 0; i < 30; i++) _backoff.Begin(i.ToString(CultureInfo.InvariantCulture));
        Assert.True(_backoff.Begin("another") > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _backoff.Begin("home"));
        Assert.Equal(20, _backoff.Succeed("home"));
    }

    [Fact]
    public void This_machine_is_not_kept_out_by_what_others_do()
    {
        for (var i = 0; i < 30; i++) _backoff.Begin(i.ToString(CultureInfo.InvariantCulture));
        Assert.True(_backoff.Begin("another") > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _backoff.Begin("here", isHere: true));
    }

    [Fact]
    public void Whoever_shares_an_address_with_the_owner_keeps_them_out_for_half_a_minute_at_the_most()
    {
        _backoff.Begin("home");
        _backoff.Succeed("home");
        for (var i = 0; i < 20; i++)
        {
            var wait = _backoff.Begin("home");
            Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(30));
            _clock.Advance(wait);
            if (wait > TimeSpan.Zero) Assert.Equal(TimeSpan.Zero, _backoff.Begin("home"));
        }
    }

    [Fact]
    public void Attempts_are_forgotten_after_an_hour_and_by_a_success()
    {
        for (var i = 0; i < 3; i++) _backoff.Begin("a");
        Assert.True(_backoff.Begin("a") > TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromMinutes(61));
        for (var i = 0; i < 3; i++) Assert.Equal(TimeSpan.Zero, _backoff.Begin("a"));
        _backoff.Succeed("a");
        Assert.Equal(TimeSpan.Zero, _backoff.Begin("a"));
    }
}
