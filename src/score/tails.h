/* tails: the two distributions behind every test and exact interval. Both tails are given, because
 * 1 − tail says nothing about a tail that is small. */
#ifndef SCORE_TAILS_H
#define SCORE_TAILS_H

struct tails {
	double below, above; /* add up to 1 */
};
/* Regularised incomplete beta, I_x(a, b) and 1 − I_x(a, b), for a, b > 0 and y = 1 − x. */
struct tails tl_tails_beta(double a, double b, double x, double y);
/* Regularised incomplete gamma, P(a, x) and Q(a, x), for a > 0. */
struct tails tl_tails_gamma(double a, double x);

/* x with P(a, x) = below, and x with Q(a, x) = above. */
double tl_gamma_quantile_below(double a, double below);
double tl_gamma_quantile_above(double a, double above);
/* t > 0 that Student's t with df > 0 degrees of freedom exceeds with probability above < .05. */
double tl_student_quantile(double df, double above);

#endif
