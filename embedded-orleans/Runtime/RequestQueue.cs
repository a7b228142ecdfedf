namespace Orleans.Runtime;

/// <summary>
/// Admits requests to an activation: in order, one at a time unless they may interleave. It only decides; what it admits
/// runs on the activation's scheduler.
/// </summary>
internal sealed class RequestQueue(ActivationTaskScheduler scheduler, bool reentrant, TimeProvider time)
{
    private enum Phase
    {
        Held,
        Open,
        Draining,
        Closed,
    }

    private readonly Lock _gate = new();
    private Phase _phase;
    private Request? _first;
    private Request? _last;
    private int _waiting;
    private int _waitingShared;
    private int _running;
    private int _runningBlocking;
    private int _runningExclusive;
    private Dictionary<Guid, int>? _reentrantSections;
    private long _lastUse = time.GetTimestamp();
    private Action? _drained;

    /// <summary>How many requests run or wait; one that lets nothing in any more counts as full.</summary>
    public int Load
    {
        get
        {
            lock (_gate) return _phase is Phase.Draining or Phase.Closed ? int.MaxValue : _running + _waiting;
        }
    }

    /// <summary>False when the activation is gone and the request must go to its successor.</summary>
    public bool TryEnqueue(Request request)
    {
        lock (_gate)
        {
            if (_phase == Phase.Closed) return false;
            if (_phase == Phase.Open && MayRun(request)) Start(request);
            else Append(request);
            return true;
        }
    }

    public void Completed(Request request)
    {
        Action? drained = null;
        lock (_gate)
        {
            _running--;
            if (!request.AlwaysInterleave) _runningBlocking--;
            if (IsExclusive(request)) _runningExclusive--;
            if (request.KeepsAlive) _lastUse = time.GetTimestamp();
            if (_phase == Phase.Open) Admit();
            else if (_phase == Phase.Draining && _running == 0) (drained, _drained) = (_drained, null);
        }

        drained?.Invoke();
    }

    /// <summary>Lets the requests in that arrived while the activation was prepared.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _phase = Phase.Open;
            _lastUse = time.GetTimestamp();
            Admit();
        }
    }

    /// <summary>Admits nothing more and tells when the running requests are done.</summary>
    public void Drain(Action drained)
    {
        lock (_gate)
        {
            if (_phase == Phase.Closed) return;
            _phase = Phase.Draining;
            if (_running > 0)
            {
                _drained = drained;
                return;
            }
        }

        drained();
    }

    /// <summary>Ends the queue and returns what was never admitted, in order.</summary>
    public List<Request> Close()
    {
        lock (_gate)
        {
            _phase = Phase.Closed;
            var rest = new List<Request>();
            while (_first is { } request)
            {
                Unlink(null, request);
                rest.Add(request);
            }

            return rest;
        }
    }

    /// <summary>Lets in what carries the id, also what waits already.</summary>
    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
            if (_phase == Phase.Open) Admit();
        }
    }

    public void LeaveReentrantSection(Guid id)
    {
        lock (_gate)
        {
            var left = _reentrantSections?.GetValueOrDefault(id) - 1;
            if (left > 0) _reentrantSections![id] = left.Value;
            else _reentrantSections?.Remove(id);
        }
    }

    /// <summary>How long nothing used the activation; zero while something runs or waits.</summary>
    public TimeSpan Idle()
    {
        lock (_gate) return _running > 0 || _first is not null ? TimeSpan.Zero : time.GetElapsedTime(_lastUse);
    }

    private static bool IsExclusive(Request request) => !request.ReadOnly && !request.AlwaysInterleave;

    /// <summary>Whether it can ever pass one that came before it.</summary>
    private static bool IsShared(Request request) => request.ReadOnly || request.AlwaysInterleave || request.ReentrancyId != Guid.Empty;

    private bool MayRun(Request request) =>
        reentrant || _runningBlocking == 0 || request.AlwaysInterleave || (request.ReadOnly && _runningExclusive == 0) || Reenters(request);

    private bool Reenters(Request request) => _reentrantSections is { Count: > 0 } sections && sections.ContainsKey(request.ReentrancyId);

    private void Admit()
    {
        while (_first is { } first && MayRun(first))
        {
            Unlink(null, first);
            Start(first);
        }

        // Behind a waiting request only shared ones can be admissible; the others were admitted when they came.
        Request? previous = null;
        for (var request = _first; request is not null && _waitingShared > 0;)
        {
            var next = request.Next;
            if (MayRun(request))
            {
                Unlink(previous, request);
                Start(request);
            }
            else
            {
                previous = request;
            }

            request = next;
        }
    }

    private void Start(Request request)
    {
        _running++;
        if (!request.AlwaysInterleave) _runningBlocking++;
        if (IsExclusive(request)) _runningExclusive++;
        scheduler.Queue(request);
    }

    private void Append(Request request)
    {
        if (_last is null) _first = request;
        else _last.Next = request;
        _last = request;
        _waiting++;
        if (IsShared(request)) _waitingShared++;
    }

    private void Unlink(Request? previous, Request request)
    {
        if (previous is null) _first = request.Next;
        else previous.Next = request.Next;
        if (ReferenceEquals(_last, request)) _last = previous;
        request.Next = null;
        _waiting--;
        if (IsShared(request)) _waitingShared--;
    }
}
