System.Console.WriteLine("trader");
