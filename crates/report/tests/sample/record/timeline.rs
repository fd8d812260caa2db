//! What happened, in lanes.

use scenario::*;
use terms::Confidence;

use super::super::day;

/// Day, lane, who, label, text.
const EVENTS: &str = "\
2025-02-04 | Acts     | USA     | Opioid duty 10                 | Duty on all goods of China citing opioids
2025-02-04 | Controls | CHN     | Tungsten and four metals       | Licences for 25 items of tungsten, tellurium, bismuth, molybdenum, indium
2025-02-10 | Acts     | CHN     | 10–15 on fuels, machinery      | Answer on 80 lines: coal, gas, oil, farm machinery, large cars
2025-03-04 | Acts     | USA     | Opioid duty 20                 | The opioid duty is doubled
2025-03-04 | Controls | CHN     | 25 US firms listed             | Export control list and unreliable entity list
2025-03-10 | Acts     | CHN     | 10–15 on farm goods            | Answer on 740 lines: chicken, wheat, soybeans, pork
2025-04-02 | Threats  | USA     | 34 announced                   | A China rate of 34 is printed for 9 April; overtaken before effect
2025-04-04 | Threats  | CHN     | 34 announced in answer         | An equal duty printed for 10 April; overtaken before effect
2025-04-04 | Controls | CHN     | Rare earths and magnets        | Licences for seven medium and heavy rare earths, compounds, magnets
2025-04-05 | Acts     | USA     | Baseline 10                    | Reciprocal baseline on nearly all origins
2025-04-09 | Acts     | USA     | China rate 84                  | 104 in all, for a day
2025-04-09 | Controls | USA     | H20 chips need a licence       | A firm is told it needs a licence for H20-class chips
2025-04-09 | Controls | CHN     | 18 US firms listed             | Twelve on one list, six on the other
2025-04-10 | Acts     | USA     | China rate 125                 | 145 in all
2025-04-10 | Acts     | CHN     | Answer 84                      | On all US goods
2025-04-11 | Acts     | USA     | Phones, computers spared       | Back to 5 April
2025-04-12 | Acts     | CHN     | Answer 125                     | Further US steps would be ignored
2025-05-10 | Talks    | USA/CHN | Geneva round                   | Treasury and trade heads meet the vice-premier
2025-05-12 | Talks    | USA/CHN | Joint statement                | 24 points suspended for 90 days, later steps ended
2025-05-13 | Controls | USA     | Guidance on Ascend chips       | Guidance on the use of certain Chinese AI chips
2025-05-14 | Acts     | USA     | Cut to 30                      | 24 of 34 points suspended
2025-05-14 | Acts     | CHN     | Cut to 10                      | 24 of 34 points suspended
2025-05-23 | Controls | USA     | Chip-design software           | Letters require licences for China
2025-05-28 | Acts     | USA     | Court: duties unlawful, stayed | A trade court finds the emergency duties unlawful; stayed next day
2025-05-30 | Claims   | USA     | China violated the deal        | The president says China has totally violated its agreement
2025-05-30 | Claims   | USA     | China slow-rolls compliance    | The trade representative says China is slow
2025-06-02 | Claims   | CHN     | US broke the consensus         | The commerce ministry names chip guidance, software stops, visas
2025-06-05 | Talks    | USA/CHN | Leaders' call                  | First direct contact since February
2025-06-09 | Talks    | USA/CHN | London round                   | First meeting of the mechanism
2025-08-12 | Acts     | USA     | 24 points return, or not       | End of the suspension
2025-08-12 | Acts     | CHN     | 24 points return, or not       | End of the suspension";

pub fn timeline() -> Vec<TimelineEvent> {
    EVENTS.lines().map(event).collect()
}

fn event(line: &str) -> TimelineEvent {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [on, lane, who, label, text] = cells[..] else { panic!("five cells: {line}") };
    let lane = match lane {
        "Acts" => Lane::Acts,
        "Threats" => Lane::Threats,
        "Talks" => Lane::Talks,
        "Claims" => Lane::Claims,
        "Controls" => Lane::Controls,
        other => panic!("no lane `{other}`"),
    };
    TimelineEvent {
        on: day(on),
        published: day(on),
        lane,
        who: who.into(),
        label: label.into(),
        text: text.into(),
        citation: "press and official texts read".into(),
        confidence: Confidence::High,
    }
}
