using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IJournalGrain"/>
public sealed class JournalGrain(IJournal journal) : Grain, IJournalGrain
{
    private string Name => this.GetPrimaryKeyString();

    public async Task<JournalPageView> FindAsync(JournalQuery query)
    {
        try
        {
            var page = await journal.FindAsync(Name, query, CancellationToken.None);
            return new JournalPageView(page.Entries, page.Next, Problem: null);
        }
        catch (OperatorException failed)
        {
            return new JournalPageView([], Next: null, failed.Message);
        }
    }

    public async Task<DecisionPageView> DecisionsAsync(JournalQuery query)
    {
        var page = await FindAsync(query with { Kind = query.Kind ?? "decisions" });
        return new DecisionPageView([.. page.Entries.Select(entry => AccountViews.ViewOf(entry.Sequence, entry.Fact, entry.Fact.Decision!))], page.Next, page.Problem);
    }
}
