using OrleansTrader.Api;

return await ApiHost.RunAsync(args);
