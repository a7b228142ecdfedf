using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Tests.Binance.Limits;

/// <summary>Random storms against a server that counts for itself.</summary>
public sealed class StormTests
{
    private const int LateSeconds = 5;
    private const int MostWaiting = 60;

    [Fact]
    public void No_storm_exceeds_a_limit_by_one_whatever_the_clocks_show_and_exits_pass_first()
    {
        var fullest = 0.0;
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(150), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            using var storm = new Storm(seed);
            fullest = Math.Max(fullest, storm.Run());
        }));
        // Or the storms were none.
        Assert.InRange(fullest, 0.999, 1);
    }

    private sealed class Storm : IDisposable
    {
        private readonly Random _random;
        private readonly ManualClock _clock = new();
        private readonly RateGate _gate;
        private readonly CountingServer _server;
        private readonly List<(RequestCost Cost, RequestRank Rank, Task<RateTicket> Entry)> _waiting = [];
        private readonly PriorityQueue<Action, TimeSpan> _arrivals = new();
        private readonly PriorityQueue<Action, TimeSpan> _answers = new();
        private readonly RateLimit[] _limits;

        public Storm(int seed)
        {
            _random = new Random(seed);
            _limits =
            [
                new(RateLimitKind.RequestWeight, TimeSpan.FromSeconds(60), _random.Next(20, 400)),
                new(RateLimitKind.Orders, TimeSpan.FromSeconds(10), _random.Next(3, 30)),
                new(RateLimitKind.Orders, TimeSpan.FromSeconds(120), _random.Next(10, 100)),
                new(RateLimitKind.RawRequests, TimeSpan.FromSeconds(30), _random.Next(10, 200)),
            ];
            _gate = new RateGate(new RateLimitOptions { Initial = [.. _limits], LateSeconds = LateSeconds }, _clock);
            // Up to a day beside, and up to 1 % faster or slower.
            _server = new CountingServer(_limits, TimeSpan.FromMilliseconds(_random.Next(0, 86_400_000)), 0.99 + (0.02 * _random.NextDouble()));
        }

        public double Run()
        {
            var end = TimeSpan.FromSeconds(_random.Next(60, 400));
            var busy = _random.Next(1, 40);
            while (_clock.Elapsed < end)
            {
                for (var count = _random.Next(0, busy); count > 0 && _waiting.Count < MostWaiting; count--) Ask();
                Move(TimeSpan.FromMilliseconds(_random.Next(1, 3_000)));
            }

            _gate.Dispose();
            Assert.True(_server.Fullest <= 1, $"A limit was used to {_server.Fullest:P1}.");
            return _server.Fullest;
        }

        public void Dispose() => _gate.Dispose();

        private void Ask()
        {
            var rank = (RequestRank)_random.Next(0, 4);
            var account = _random.Next(0, 4) == 0 ? "second" : "first";
            var cost = rank == RequestRank.Data ? new RequestCost(_random.Next(1, 21)) : new RequestCost(1, _random.Next(1, 4), account);
            _waiting.Add((cost, rank, _gate.EnterAsync(cost, rank).AsTask()));
            LetGo();
        }

        private void Move(TimeSpan span)
        {
            var until = _clock.Elapsed + span;
            while (_clock.Elapsed < until)
            {
                var step = TimeSpan.FromMilliseconds(_random.Next(1, 200));
                _clock.Advance(step);
                while (_arrivals.TryPeek(out var arrive, out var at) && at <= _clock.Elapsed)
                {
                    _arrivals.Dequeue();
                    arrive();
                }

                while (_answers.TryPeek(out var answer, out var at) && at <= _clock.Elapsed)
                {
                    _answers.Dequeue();
                    answer();
                }

                LetGo();
            }
        }

        // What the gate let through is complete a moment later, on another thread.
        private void LetGo()
        {
            while (true)
            {
                while (_waiting.Count(waiter => !waiter.Entry.IsCompleted) > _gate.Waiting) Thread.Yield();
                var passed = _waiting.FindAll(waiter => waiter.Entry.IsCompleted);
                if (passed.Count == 0) return;
                // An exit waits for something that an entry of its account would take too.
                foreach (var held in _waiting.Where(waiter => !waiter.Entry.IsCompleted && waiter.Rank <= RequestRank.Exit))
                    Assert.DoesNotContain(passed, waiter => waiter.Rank > held.Rank && string.Equals(waiter.Cost.Account, held.Cost.Account, StringComparison.Ordinal));
                _waiting.RemoveAll(passed.Contains);
                // One that is given back may let the next one pass.
                foreach (var (cost, _, entry) in passed) Send(cost, entry.Result);
            }
        }

        private void Send(RequestCost cost, RateTicket ticket)
        {
            var now = _clock.Elapsed;
            switch (_random.Next(0, 20))
            {
                case 0:
                    ticket.Settle(RequestEnd.NeverSent);
                    break;
                case 1:
                    // The caller gives up; the request arrives later all the same, or never.
                    var givenUp = now + Milliseconds(4_000);
                    _answers.Enqueue(ticket.Dispose, givenUp);
                    if (_random.Next(0, 3) > 0)
                    {
                        var late = now + Milliseconds((givenUp - now).TotalMilliseconds + (1_000 * LateSeconds) - 1);
                        _arrivals.Enqueue(() => _server.Receive(late, cost), late);
                    }

                    break;
                default:
                    var arrival = now + Milliseconds(3_000);
                    _arrivals.Enqueue(() => _server.Receive(arrival, cost), arrival);
                    _answers.Enqueue(() => ticket.Settle(RequestEnd.Answered), arrival + Milliseconds(3_000));
                    break;
            }
        }

        private TimeSpan Milliseconds(double most) => TimeSpan.FromMilliseconds(_random.NextDouble() * _random.NextDouble() * most);
    }
}
