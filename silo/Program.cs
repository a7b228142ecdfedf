using OrleansTrader.Silo;

return await SiloProgram.RunAsync(args);
