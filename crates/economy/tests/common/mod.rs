//! Worlds for the tests: a folder on disk as an archive, and a world small enough to add up by eye.
#![allow(dead_code, unused_imports, missing_docs, reason = "each test file uses a part")]

#[path = "../../../../tests/support/disk.rs"]
mod disk;

use terms::MemoryArchive;

pub use disk::{Disk, shared};

pub const META: &str = "name = \"three\"\nyear = 2030\ncurrency = \"USD\"\nunit = \"million\"\n\
                        valuation = \"before-duty\"\nelasticity = \"paper\"\n";

/// Northland and Southland trade grain and tools; both eat, tools are made with grain and tools.
///
/// | | grain | tools |
/// |---|---|---|
/// | N makes, earns | 100, 80 | 60, 30 |
/// | S makes, earns | 50, 40 | 90, 50 |
pub fn north_and_south() -> MemoryArchive {
    MemoryArchive::new()
        .with("economy.toml", META)
        .with("countries.csv", "code,name,region\nNOR,Northland,north\nSOU,Southland,south\n")
        .with("sectors.csv", "code,name,good\nGRA,Grain,1\nTOO,\"Tools, all\",1\n")
        .with(
            "trade.csv",
            "importer,exporter,sector,value\n\
             NOR,NOR,GRA,80\nNOR,NOR,TOO,40\nNOR,SOU,GRA,10\nNOR,SOU,TOO,30\n\
             SOU,NOR,GRA,20\nSOU,NOR,TOO,20\nSOU,SOU,GRA,40\nSOU,SOU,TOO,60\n",
        )
        .with("tariffs.csv", "importer,exporter,sector,rate\nNOR,SOU,GRA,0.1\nSOU,NOR,TOO,0.25\n")
        .with(
            "use.csv",
            "country,sector,input,value\n\
             NOR,GRA,GRA,5\nNOR,GRA,TOO,15\nNOR,TOO,GRA,20\nNOR,TOO,TOO,10\n\
             SOU,GRA,GRA,5\nSOU,GRA,TOO,5\nSOU,TOO,GRA,10\nSOU,TOO,TOO,30\n",
        )
        .with("final.csv", "country,sector,value\nNOR,GRA,65\nNOR,TOO,45\nSOU,GRA,45\nSOU,TOO,45\n")
        .with(
            "output.csv",
            "country,sector,output,value_added\nNOR,GRA,100,80\nNOR,TOO,60,30\nSOU,GRA,50,40\nSOU,TOO,90,50\n",
        )
        .with("elasticities.csv", "sector,paper,other\nGRA,8.5,4\nTOO,0.5,\n")
}
