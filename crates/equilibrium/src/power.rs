//! Exponentials, logarithms and powers: every one in this room goes through here.
//!
//! They are written out in plain arithmetic, without branches and without the platform's mathematics
//! library, so that a loop over them is vectorised and so that every machine gives the same digits. Each is
//! within two units in the last place of the true value (tested against the standard library).

use std::f64::consts::LOG2_E;

/// ln 2 in two parts: the first has its last 32 bits zero, so that `k · LN2_HIGH` is exact for every
/// exponent `k`; the second is what is left.
const LN2_HIGH: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 3·2⁵¹: adding it to a number below 2⁵¹ leaves that number's nearest integer in the last bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// eˣ. Zero below −708, and at most e⁷⁰⁹.
///
/// x = k ln 2 + r with |r| ≤ ½ ln 2; e^r by its series to r¹³, whose rest is below 5e-18.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let inside = if x > 709.0 { 709.0 } else { x };
    let shifted = inside * LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (inside - k * LN2_HIGH) - k * LN2_LOW;
    let mut series = 1.0 / 6_227_020_800.0;
    for inverse_factorial in [
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
    ] {
        series = series * r + inverse_factorial;
    }
    let mantissa = 1.0 + (r + r * r * series);
    let two_to_k = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    if inside < -708.0 { 0.0 } else { mantissa * two_to_k }
}

/// The natural logarithm of a positive, normal number.
///
/// x = m 2ᵏ with m between √½ and √2; ln m = 2 artanh((m−1)/(m+1)) by its series.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    const ONE: u64 = 0x3FF0_0000_0000_0000;
    const ROOT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;
    const EXPONENT: u64 = 0xFFF0_0000_0000_0000;
    /// 2⁵² as bits: or-ing a small integer into it makes the float 2⁵² + that integer.
    const SHIFTED: u64 = 0x4330_0000_0000_0000;
    let raised = x.to_bits().wrapping_add(ONE - ROOT_HALF);
    let k = f64::from_bits((raised >> 52) | SHIFTED) - (4_503_599_627_370_496.0 + 1023.0);
    let m = f64::from_bits(x.to_bits().wrapping_sub(raised & EXPONENT).wrapping_add(ONE));
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let mut series = 1.0 / 23.0;
    for odd_inverse in [
        1.0 / 21.0,
        1.0 / 19.0,
        1.0 / 17.0,
        1.0 / 15.0,
        1.0 / 13.0,
        1.0 / 11.0,
        1.0 / 9.0,
        1.0 / 7.0,
        1.0 / 5.0,
        1.0 / 3.0,
    ] {
        series = series * z + odd_inverse;
    }
    // ln m = f − s (f − 2 z series): the large part, f, is exact.
    k * LN2_HIGH + (f - (s * (f - 2.0 * z * series) - k * LN2_LOW))
}

/// `base` to the power `exponent`, for a positive base.
///
/// ```
/// # use equilibrium::power;
/// assert_eq!(power(4.0, 0.5), 2.0);
/// assert_eq!(format!("{:.6}", power(1.25, -4.0)), "0.409600");
/// ```
#[inline(always)]
pub fn power(base: f64, exponent: f64) -> f64 {
    exp(exponent * ln(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units in the last place of `b`.
    fn ulps(a: f64, b: f64) -> f64 {
        (a - b).abs() / (b.abs() * f64::EPSILON)
    }

    #[test]
    fn exponentials_agree_with_the_standard_library() {
        let mut worst: f64 = 0.0;
        for k in -70_000..70_000 {
            let x = f64::from(k) * 0.010_037;
            if x.abs() < 705.0 {
                worst = worst.max(ulps(exp(x), x.exp()));
            }
        }
        assert!(worst <= 2.0, "{worst} units in the last place");
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-1e9), 0.0);
        assert!(exp(1e9).is_finite() && exp(f64::NAN).is_nan());
    }

    #[test]
    fn logarithms_agree_with_the_standard_library() {
        let mut worst: f64 = 0.0;
        for k in 1..200_000 {
            for x in [f64::from(k) * 1.0e-5, 1.0 + f64::from(k) * 1e-9, f64::from(k) * 1e200] {
                if x != 1.0 {
                    worst = worst.max(ulps(ln(x), x.ln()));
                }
            }
        }
        assert!(worst <= 2.0, "{worst} units in the last place");
        assert_eq!(ln(1.0), 0.0);
    }
}
