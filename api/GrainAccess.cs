#if ORLEANS
using Orleans.Dashboard;
using OrleansTrader.Silo.Settings;
#endif
using OrleansTrader.Silo;

namespace OrleansTrader.Api;

/// <summary>The one place of the API that knows which grain runtime it is built for.</summary>
internal static class GrainAccess
{
    /// <summary>Grains in this process or, on Microsoft Orleans with Silo:CoHosted=false, in silos elsewhere.</summary>
    public static void AddGrains(this WebApplicationBuilder builder)
    {
#if ORLEANS
        if (!TraderSettings.Read(builder.Configuration).Silo.CoHosted)
        {
            builder.AddTraderClient();
            return;
        }
#endif
        builder.AddTrader();
    }

    /// <summary>Orleans' own dashboard of silos and grains; the embedded runtime has none.</summary>
    public static void MapGrainDashboard(this WebApplication app)
    {
#if ORLEANS
        // Its routes are none of this API.
        app.MapOrleansDashboard("/orleans").ExcludeFromDescription();
#endif
    }
}
