namespace OrleansTrader.Adapters.Postgres;

/// <summary>What the one who writes the journal is asked to do.</summary>
internal abstract class JournalWork
{
    private JournalWork()
    {
    }

    /// <summary>The batch of a turn, to be made durable.</summary>
    public sealed class Append(string account, long first, long last, byte[] body) : JournalWork
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Account => account;

        public long First => first;

        public long Last => last;

        public byte[] Body => body;

        public Task Done => _done.Task;

        public void Complete() => _done.TrySetResult();

        public void Fail(Exception failure) => _done.TrySetException(failure);
    }

    /// <summary>The question where the journal of an account ends.</summary>
    public sealed class Ask(string account) : JournalWork
    {
        private readonly TaskCompletionSource<JournalEnd> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Account => account;

        public Task<JournalEnd> Answer => _answer.Task;

        public void Complete(JournalEnd end) => _answer.TrySetResult(end);

        public void Fail(Exception failure) => _answer.TrySetException(failure);
    }

    /// <summary>The server is there again.</summary>
    public sealed class Return(JournalWriter writer) : JournalWork
    {
        public JournalWriter Writer => writer;
    }

    /// <summary>Time to see whether the server is still there.</summary>
    public sealed class Look : JournalWork;
}
