/*
 * text_weights.c - the weights of text_score.h: data only.
 *
 * Logistic regression, ridge 3, over the lines of the tuning half of labelled text pages; `find` sees all lines of a page,
 * `choose` only those of the run that was found. In log-odds for a feature of 1.
 */
#include "text_score.h"

const struct pm_text_weights pm_text_weights_find = {{
    [PM_F_BIAS] = -2.00f, [PM_F_WORDS_3] = -1.37f, [PM_F_WORDS_8] = 0.18f,
    [PM_F_WORDS_15] = -0.85f, [PM_F_WORDS_25] = -0.68f, [PM_F_WORDS_50] = -0.05f,
    [PM_F_WORDS_MORE] = 0.78f, [PM_F_END_STOP] = -0.74f, [PM_F_END_DOTS] = -1.92f,
    [PM_F_END_COLON] = -0.47f, [PM_F_END_WORD] = -1.82f, [PM_F_END_OTHER] = -0.72f,
    [PM_F_STOP_LONG] = 0.74f, [PM_F_STOPS_2] = -0.31f, [PM_F_STOPS_4] = 0.77f,
    [PM_F_COMMAS] = 0.19f, [PM_F_QUOTED] = 0.71f, [PM_F_LOW] = -0.91f, [PM_F_DIGITS] = 2.11f,
    [PM_F_CAPS] = -1.17f, [PM_F_UPPER] = 0.76f, [PM_F_GLUED] = 0.35f, [PM_F_BARS] = -0.32f,
    [PM_F_BULLET] = 1.57f, [PM_F_INDENT] = -1.74f, [PM_F_TABS] = -0.13f, [PM_F_GAP] = 0.67f,
    [PM_F_GAP_AFTER] = 0.60f, [PM_F_LINK] = 0.01f, [PM_F_DATE] = -1.30f, [PM_F_PAREN] = -0.40f,
    [PM_F_WHOLE] = -0.83f, [PM_F_COVER] = -1.59f, [PM_F_MORE] = -0.26f, [PM_F_LIST] = -0.53f,
    [PM_F_SHARE] = -0.95f, [PM_F_SIGN] = -1.17f, [PM_F_TALK] = -0.20f, [PM_F_LEGAL] = -0.61f,
    [PM_F_CONTACT] = 0.09f, [PM_F_AD] = -0.10f, [PM_F_PHOTO] = -0.92f, [PM_F_SOURCE] = 0.26f,
    [PM_F_BY] = -0.91f, [PM_F_WHEN] = -0.87f, [PM_F_IN_MORE] = -1.61f, [PM_F_IN_SIGN] = -1.75f,
    [PM_F_IN_LEGAL] = -1.97f, [PM_F_IN_PHOTO] = -0.28f, [PM_F_IN_TALK] = -1.39f,
    [PM_F_REPEATS] = -1.47f, [PM_F_PREV_PROSE] = 0.98f, [PM_F_NEXT_PROSE] = 0.61f,
    [PM_F_PREV_3] = 1.28f, [PM_F_NEXT_3] = 0.27f, [PM_F_AROUND] = 2.26f, [PM_F_BEFORE] = -0.16f,
    [PM_F_BEHIND] = 0.89f, [PM_F_PREV_DATE] = -0.49f, [PM_F_NEXT_DATE] = -1.29f,
    [PM_F_PREV_POINTS] = -1.79f, [PM_F_PREV_SHORT] = -0.06f, [PM_F_NEXT_SHORT] = -0.24f,
    [PM_F_HEADS_PROSE] = 0.58f, [PM_F_LEXICAL] = 0.03f, [PM_F_TEASER] = -0.24f,
}};
const struct pm_text_weights pm_text_weights_choose = {{
    [PM_F_BIAS] = -0.44f, [PM_F_WORDS_3] = -0.53f, [PM_F_WORDS_8] = 0.03f,
    [PM_F_WORDS_15] = -0.63f, [PM_F_WORDS_25] = -0.22f, [PM_F_WORDS_50] = 0.34f,
    [PM_F_WORDS_MORE] = 0.57f, [PM_F_END_STOP] = 0.55f, [PM_F_END_DOTS] = -0.02f,
    [PM_F_END_COLON] = -0.60f, [PM_F_END_WORD] = -0.82f, [PM_F_END_OTHER] = -0.51f,
    [PM_F_STOP_LONG] = 0.38f, [PM_F_STOPS_2] = -0.31f, [PM_F_STOPS_4] = 0.15f,
    [PM_F_COMMAS] = 0.58f, [PM_F_QUOTED] = 0.49f, [PM_F_LOW] = -0.36f, [PM_F_DIGITS] = -0.07f,
    [PM_F_CAPS] = -1.53f, [PM_F_UPPER] = 0.52f, [PM_F_GLUED] = 0.37f, [PM_F_BARS] = -0.40f,
    [PM_F_BULLET] = -0.02f, [PM_F_INDENT] = -0.32f, [PM_F_TABS] = -0.10f, [PM_F_GAP] = 0.45f,
    [PM_F_GAP_AFTER] = 0.62f, [PM_F_LINK] = 0.19f, [PM_F_DATE] = -0.36f, [PM_F_PAREN] = -0.46f,
    [PM_F_WHOLE] = -0.41f, [PM_F_COVER] = -1.44f, [PM_F_MORE] = -0.70f, [PM_F_LIST] = -0.43f,
    [PM_F_SHARE] = -0.14f, [PM_F_SIGN] = -0.25f, [PM_F_LEGAL] = -0.18f, [PM_F_CONTACT] = 0.19f,
    [PM_F_AD] = -0.15f, [PM_F_PHOTO] = -0.58f, [PM_F_SOURCE] = 0.21f, [PM_F_BY] = -0.04f,
    [PM_F_WHEN] = -0.23f, [PM_F_IN_MORE] = -0.72f, [PM_F_IN_SIGN] = -0.60f,
    [PM_F_IN_LEGAL] = -0.71f, [PM_F_IN_TALK] = -0.30f, [PM_F_REPEATS] = -1.09f,
    [PM_F_PREV_PROSE] = 0.81f, [PM_F_NEXT_PROSE] = 0.65f, [PM_F_PREV_3] = 0.39f,
    [PM_F_NEXT_3] = -0.12f, [PM_F_AROUND] = 0.31f, [PM_F_BEFORE] = -0.37f, [PM_F_BEHIND] = -0.02f,
    [PM_F_PREV_DATE] = 0.48f, [PM_F_NEXT_DATE] = -0.95f, [PM_F_PREV_POINTS] = -0.55f,
    [PM_F_PREV_SHORT] = -0.40f, [PM_F_NEXT_SHORT] = -0.23f, [PM_F_HEADS_PROSE] = 0.56f,
    [PM_F_LEXICAL] = 0.64f, [PM_F_TEASER] = -0.48f, [PM_F_FIRST] = -0.85f, [PM_F_SECOND] = 0.37f,
    [PM_F_LAST] = -0.05f, [PM_F_LAST_2] = -0.64f, [PM_F_LAST_4] = 0.12f, [PM_F_LONE] = 0.32f,
    [PM_F_INDENT_ODD] = -0.27f, [PM_F_GAP_ODD] = -0.41f,
}};
